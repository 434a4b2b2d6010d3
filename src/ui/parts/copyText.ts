export type CopyOutcome = 'Copied' | 'Not copied: the browser refused';

/** How long it is told what became of it. */
export const TOLD_MS = 1500;

export async function copyText(text: string): Promise<CopyOutcome> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    return 'Not copied: the browser refused';
  }
}
