import * as v from 'valibot';
import type { DetectionSettings } from '../insights/settings';
import { checked, parseForeignJson } from '../foreignJson';
import { ExcludedSpans, Mutes } from './shared/settingsMember';

/** What is left out before judging, and why: the part of the settings that a team passes round. */
export type LeftOut = Pick<DetectionSettings, 'mutes' | 'excludedSpans'>;

const MutesFile = v.strictObject({
  mutes: Mutes,
  excludedSpans: v.optional(ExcludedSpans, []),
});

/** `{"mutes":[{"userIdentityArn":…,"reason":…}],"excludedSpans":[{"start":…,"end":…,"reason":…}]}`, minutes since 1970. */
export const mutesJson = ({ mutes, excludedSpans }: LeftOut): string =>
  `${JSON.stringify(v.parse(MutesFile, { mutes, excludedSpans }), null, 2)}\n`;

/** What `mutesJson` wrote, or somebody by hand. Throws `RefusedJson` with path and value for anything else. */
export const parseMutes = (text: string): LeftOut => checked(MutesFile, parseForeignJson(text), '');

/** Both together; what is in `before` already stays as it is there. */
export function joinLeftOut(before: LeftOut, more: LeftOut): LeftOut {
  return {
    mutes: joined(before.mutes, more.mutes),
    excludedSpans: joined(before.excludedSpans, more.excludedSpans),
  };
}

interface Told {
  readonly reason: string;
  readonly off?: boolean;
}

function joined<Entry extends Told>(before: readonly Entry[], more: readonly Entry[]): Entry[] {
  const entries = new Map(before.map((entry) => [whatOf(entry), entry]));
  for (const entry of more) {
    if (!entries.has(whatOf(entry))) entries.set(whatOf(entry), entry);
  }
  return [...entries.values()];
}

/** An entry without its reason and switch, the same text for the same values in any order. */
const whatOf = (entry: Told): string =>
  JSON.stringify(
    Object.entries(entry)
      .filter(([name, value]) => name !== 'reason' && name !== 'off' && value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
