import { transfer } from 'comlink';
import { type ActivityPart, columnsOf } from '../../core/activity/activityPart';
import type { Intake } from '../../store/stored';

/**
 * What a reader counted on its way to the analyzer. Its strings are JSON in UTF-8: the page, which passes it on, has but
 * buffers to hand over; to make 300,000 strings and read them out again would hold it up for 70 ms.
 */
export interface SentPart extends Omit<ActivityPart, 'strings'> {
  readonly strings: Uint8Array<ArrayBuffer>;
}

/** What readers counted, before it came to the analyzer. */
export type SentIntake = Omit<Intake, 'parts'> & { readonly parts: readonly SentPart[] };

export function toSent(part: ActivityPart): SentPart {
  return { ...part, strings: new TextEncoder().encode(JSON.stringify(part.strings)) };
}

export const fromSent = (sent: SentPart): ActivityPart => ({
  ...sent,
  strings: JSON.parse(new TextDecoder().decode(sent.strings)) as string[],
});

/** The message that holds these parts, with all that can be transferred instead of copied. */
export const withBuffersOf = <T extends object>(message: T, parts: readonly SentPart[]): T =>
  transfer(
    message,
    parts.flatMap((part) =>
      [part.strings, ...columnsOf(part)].map(({ buffer }) => buffer as ArrayBuffer),
    ),
  );
