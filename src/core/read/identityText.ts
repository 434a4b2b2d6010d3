import { Field } from './field';

const MEMBERS: ReadonlyMap<string, Field> = new Map([
  ['type', Field.identityType],
  ['arn', Field.identityArn],
  ['accountid', Field.identityAccountId],
  ['invokedby', Field.invokedBy],
  ['accesskeyid', Field.accessKeyId],
  ['username', Field.userName],
  ['principalid', Field.principalId],
]);

/**
 * The members of a `userIdentity` that stands in one cell: JSON, or Athena's text of a struct,
 * `{type=IAMUser, principalid=AIDA…, arn=arn:aws:iam::…}`. What is inside `sessioncontext` is left out.
 */
export function parseIdentity(text: string): [Field, string][] {
  return membersOf(text).flatMap(([name, value]) => {
    const field = MEMBERS.get(name.toLowerCase());
    return field === undefined || value === '' || value === 'null'
      ? []
      : [[field, value] as [Field, string]];
  });
}

function membersOf(text: string): [string, string][] {
  try {
    const parsed: unknown = JSON.parse(text);
    const isObject = typeof parsed === 'object' && parsed !== null;
    const members = isObject ? Object.entries(parsed) : [];
    return members.filter((member): member is [string, string] => typeof member[1] === 'string');
  } catch {
    return structMembers(text);
  }
}

/** Splits at the commas outside of inner braces, then at the first `=`. */
function structMembers(text: string): [string, string][] {
  const members: [string, string][] = [];
  let depth = 0;
  let from = 1;
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '{' || text[at] === '[') depth++;
    const ends = depth === 0 && (text[at] === ',' || text[at] === '}');
    if (text[at] === '}' || text[at] === ']') depth--;
    if (!ends) continue;
    const [name, ...rest] = text.slice(from, at).split('=');
    members.push([name.trim(), rest.join('=').trim()]);
    from = at + 1;
  }
  return members;
}
