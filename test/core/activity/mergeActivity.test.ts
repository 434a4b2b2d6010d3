import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActivityBuilder } from '../../../src/core/activity/activityBuilder';
import type { ActivityPart } from '../../../src/core/activity/activityPart';
import type { ActivityTable } from '../../../src/core/activity/activityTable';
import { toByteText } from '../../../src/core/activity/byteText';
import { Share, toApiKind, toMark } from '../../../src/core/activity/callGroups';
import { type Activity, mergeActivity } from '../../../src/core/activity/mergeActivity';

interface Event {
  readonly share: Share;
  readonly minute: number;
  readonly account: string;
  readonly region: string;
  readonly source: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly errorCode: string;
  readonly arn: string;
  readonly userAgent: string;
  readonly isUpdate: boolean;
  readonly byFallback: boolean;
  /** Empty: the record has no eventID. */
  readonly id: string;
}

const few = (...values: string[]) => fc.constantFrom(...values);
const event: fc.Arbitrary<Event> = fc.record({
  share: fc.constantFrom(
    Share.counted,
    Share.counted,
    Share.otherManagement,
    Share.data,
    Share.otherKinds,
    Share.insights,
  ),
  minute: fc.integer({ min: 29_000_000, max: 29_000_003 }),
  account: few('111111111111', '222222222222', ''),
  region: few('us-east-1', 'eu-west-1'),
  source: few('ssm.amazonaws.com', 'iam.amazonaws.com'),
  name: few('PutParameter', 'DeleteParameter', 'Größe'),
  readOnly: fc.boolean(),
  errorCode: few('', '', 'ThrottlingException'),
  arn: few('', 'arn:aws:iam::1:user/a', 'arn:aws:iam::1:user/b'),
  userAgent: few('', 'Boto3', 'console'),
  isUpdate: fc.boolean(),
  byFallback: fc.boolean(),
  id: few('', 'a', 'b', 'c', 'd', 'e', 'f', 'g'),
});
const events = fc.array(event, { maxLength: 60 });

function partOf(list: readonly Event[]): ActivityPart {
  const builder = new ActivityBuilder();
  const ref = (text: string) => builder.strings.internText(text);
  for (const each of list) {
    const account = ref(each.account);
    const id = toByteText(new TextEncoder().encode(each.id));
    builder.setEventId(account, id, 0, id.bytes.length);
    const mark = toMark(each.share, each.isUpdate, each.byFallback);
    const api = isTabled(each)
      ? builder.api(
          account,
          ref(each.region),
          ref(each.source),
          ref(each.name),
          toApiKind(each.readOnly, 0),
        )
      : builder.api(account, ref(each.region), 0, 0, 0);
    if (each.share !== Share.counted) {
      builder.addOther(mark, each.minute, api);
      continue;
    }
    builder.addCall(
      mark,
      each.minute,
      api,
      ref(each.errorCode),
      ref(each.arn),
      ref(each.userAgent),
      0,
      0,
    );
  }
  return builder.finish();
}

const isTabled = ({ share }: Event) => share === Share.counted || share === Share.otherManagement;

/** Of reads that succeeded nobody's name is kept. */
const withoutCaller = (each: Event): Event =>
  each.share === Share.otherManagement ? { ...each, arn: '', userAgent: '', errorCode: '' } : each;

/** Slow and obvious: what decides which of two records of one event stays, as a text that sorts. */
function preference(each: Event): string {
  const orLast = (text: string) => (text === '' ? '\uffff' : text);
  const mark = [each.isUpdate ? 0 : 1, each.byFallback ? 1 : 0, each.share, each.minute];
  const known = withoutCaller(each);
  const called = [orLast(known.arn), orLast(known.userAgent), orLast(known.errorCode)];
  const api = [orLast(each.account), orLast(each.region), each.source, each.name, each.readOnly];
  return [
    ...mark,
    ...(isTabled(each) ? [...called, ...api] : [orLast(each.account), orLast(each.region)]),
  ].join('\u0000');
}

function deduplicated(list: readonly Event[]): Event[] {
  const best = new Map<string, Event>();
  for (const each of list.filter(({ id }) => id !== '')) {
    const key = `${each.account}/${each.id}`;
    const before = best.get(key);
    if (before === undefined || preference(each) < preference(before)) best.set(key, each);
  }
  return [...list.filter(({ id }) => id === ''), ...best.values()];
}

const tally = (keys: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
};

const rowKey = (each: Event) =>
  [
    each.account,
    each.region,
    each.source,
    each.name,
    each.readOnly,
    each.minute,
    each.errorCode,
    each.arn,
    each.userAgent,
  ].join('|');

function rowsOf({
  strings,
  apis,
  callers,
  apiStart,
  minute,
  errorCode,
  caller,
  calls,
}: ActivityTable) {
  const rows: [string, number][] = [];
  for (let api = 0; api + 1 < apiStart.length; api++) {
    for (let row = apiStart[api]; row < apiStart[api + 1]; row++) {
      const key = [
        strings[apis.recipientAccountId[api]],
        strings[apis.awsRegion[api]],
        strings[apis.eventSource[api]],
        strings[apis.eventName[api]],
        apis.readOnly[api] === 1,
        minute[row],
        strings[errorCode[row]],
        strings[callers.userIdentityArn[caller[row]]],
        strings[callers.userAgent[caller[row]]],
      ].join('|');
      rows.push([key, calls[row]]);
    }
  }
  return rows;
}

const presenceOf = ({ presence }: Activity) =>
  presence.flatMap(({ recipientAccountId, awsRegion, minute, events }) =>
    Array.from(
      minute,
      (each, i) => [`${recipientAccountId}|${awsRegion}|${each}`, events[i]] as const,
    ),
  );

describe('merging what readers counted', () => {
  it('counts every event once, by account and id, as a slow count does', () => {
    fc.assert(
      fc.property(events, (list) => {
        const merged = mergeActivity([partOf(list)]);
        const kept = deduplicated(list);
        const ofShare = (share: Share) => kept.filter((each) => each.share === share).length;
        expect(Object.fromEntries(rowsOf(merged.table))).toEqual(
          tally(kept.filter(isTabled).map((each) => rowKey(withoutCaller(each)))),
        );
        expect(merged.records).toEqual({
          in: list.length,
          counted: ofShare(Share.counted),
          otherManagement: ofShare(Share.otherManagement),
          data: ofShare(Share.data),
          otherKinds: ofShare(Share.otherKinds),
          insights: ofShare(Share.insights),
          duplicates: list.length - kept.length,
          unusable: 0,
          classifiedByFallback: kept.filter(({ byFallback }) => byFallback).length,
        });
        const shows: Share[] = [Share.counted, Share.otherManagement, Share.data];
        expect(Object.fromEntries(presenceOf(merged))).toEqual(
          tally(
            kept
              .filter(({ share }) => shows.includes(share))
              .map(({ account, region, minute }) => `${account}|${region}|${minute}`),
          ),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same bytes for one reader, two or eight, and any order of events', () => {
    const dealt = fc.tuple(
      events,
      fc.array(fc.nat(7), { minLength: 60, maxLength: 60 }),
      fc.infiniteStream(fc.nat()),
    );
    fc.assert(
      fc.property(dealt, ([list, hands, order]) => {
        const one = mergeActivity([partOf(list)]);
        const keys = list.map(() => order.next().value as number);
        const shuffled = list
          .map((each, i) => ({ each, key: keys[i] }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        for (const readers of [1, 2, 8]) {
          const parts = Array.from({ length: readers }, (_, reader) =>
            partOf(shuffled.filter((_, i) => hands[i] % readers === reader)),
          );
          expect(mergeActivity(parts)).toEqual(one);
          expect(mergeActivity(parts.toReversed())).toEqual(one);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('takes parts as they were stored before readers sorted them', () => {
    const backwards = (part: ActivityPart): ActivityPart => ({
      ...part,
      groups: part.groups.map((column) => column.toReversed()),
      calls: part.calls.toReversed(),
      ids: { ...part.ids, group: part.ids.group.map((group) => part.calls.length - 1 - group) },
    });
    fc.assert(
      fc.property(events, events, (a, b) => {
        const parts = [a, b].map(partOf);
        expect(mergeActivity(parts.map(backwards))).toEqual(mergeActivity(parts));
      }),
    );
  });

  it('sorts strings, APIs, callers and rows, and keeps nothing that no row names', () => {
    fc.assert(
      fc.property(events, (list) => {
        const { strings, apis, callers, minute, calls, apiStart } = mergeActivity([
          partOf(list),
        ]).table;
        expect(strings).toEqual([...new Set(strings)].sort());
        expect(strings[0]).toBe('');
        const named = new Set([
          0,
          ...Object.values(apis)
            .slice(0, 4)
            .flatMap((c) => [...c]),
          ...Object.values(callers).flatMap((c) => [...c]),
        ]);
        const errors = new Set(list.map(({ errorCode }) => errorCode));
        strings.forEach((text, ref) => expect(named.has(ref) || errors.has(text)).toBe(true));
        expect(calls.every((each) => each > 0)).toBe(true);
        expect(apiStart.at(-1)).toBe(minute.length);
        for (let api = 0; api + 1 < apiStart.length; api++) {
          const ofApi = minute.subarray(apiStart[api], apiStart[api + 1]);
          expect(ofApi).toEqual(ofApi.toSorted());
          expect(ofApi.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('of nothing is an empty table', () => {
    const { table, presence, records } = mergeActivity([]);
    expect(table.strings).toEqual(['']);
    expect(table.apiStart).toEqual(new Uint32Array(1));
    expect(presence).toEqual([]);
    expect(records.in).toBe(0);
    expect(mergeActivity([new ActivityBuilder().finish()]).table).toEqual(table);
  });
});
