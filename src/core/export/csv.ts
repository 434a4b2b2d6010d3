/** Characters that make a spreadsheet run a cell as a formula; AWS warns of them in its own CSV downloads. */
const FORMULA = /^[=+\-@\t\r]/;

/** One cell: hostile log text can neither break out of its cell nor start a formula. */
export function toCsvCell(text: string): string {
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
