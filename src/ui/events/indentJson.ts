const STEP = '  ';
/** Deeper than this no further indentation is added: hostile nesting must not make a page of spaces. */
const DEEPEST = 40;

/**
 * JSON text, member by member on lines of its own. Works on the text and not on its values, so that long numbers, escapes
 * and repeated names stay as the record has them; text that is no JSON comes back readable all the same.
 */
export function indentJson(text: string): string {
  let lines = '';
  let depth = 0;
  const newLine = () => `\n${STEP.repeat(Math.max(0, Math.min(depth, DEEPEST)))}`;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      depth++;
      lines += token + newLine();
    } else if (token === '}' || token === ']') {
      depth--;
      lines += newLine() + token;
    } else if (token === ',') {
      lines += token + newLine();
    } else {
      lines += token === ':' ? ': ' : token;
    }
  }
  return lines;
}

/** Strings, empty objects and arrays, single signs, and everything else but space. */
const TOKEN = /"(?:[^"\\]|\\[^])*"?|\{\s*\}|\[\s*\]|[{}[\],:]|[^\s"{}[\],:]+/g;
