const ROLE = Array.from(':assumed-role/', (character) => character.charCodeAt(0));
const SLASH = 0x2f;

/** Where `/SESSION` of an assumed role's ARN begins; `end` for every other ARN. */
export function sessionStart(bytes: Uint8Array, start: number, end: number): number {
  const role = findRole(bytes, start, end);
  if (role < 0) return end;
  let at = role;
  while (at < end && bytes[at] !== SLASH) at++;
  return at;
}

/** The position after `:assumed-role/`, which stands behind `arn:PARTITION:sts::ACCOUNT`. */
function findRole(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at + ROLE.length <= end; at++) {
    if (bytes[at + 1] !== ROLE[1] || bytes[at] !== ROLE[0]) continue;
    let i = 2;
    while (i < ROLE.length && bytes[at + i] === ROLE[i]) i++;
    if (i === ROLE.length) return at + i;
  }
  return -1;
}
