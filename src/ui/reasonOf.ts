/** Why something failed, in words: what was thrown need not be an error. */
export const reasonOf = (thrown: unknown): string =>
  thrown instanceof Error && thrown.message ? thrown.message : String(thrown);
