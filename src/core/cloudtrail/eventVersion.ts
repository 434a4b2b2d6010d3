/**
 * `eventVersion` as [major, minor]: `1.08` is [1, 8] and `1.10` is [1, 10]. Never compare versions as decimal numbers, by
 * which 1.1 would be later than 1.09. Null when the text is no version.
 */
export function parseEventVersion(text: string): readonly [major: number, minor: number] | null {
  const parts = /^(\d{1,4})\.(\d{1,4})$/.exec(text);
  return parts === null ? null : [Number(parts[1]), Number(parts[2])];
}
