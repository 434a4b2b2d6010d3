import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allCallSeries, callSeriesOf } from '../../src/core/activity/callSeries';
import { mergeActivity } from '../../src/core/activity/mergeActivity';
import { toMinute } from '../../src/core/activity/minute';
import { judgedTable } from '../../src/core/insights/mutes';
import { gatherAll, judgedTableInSteps, partOf as rowsOf } from '../../src/ui/judgedTable';
import { atOnce } from '../../src/core/steps';
import { DEFAULT_SETTINGS, type DetectionSettings } from '../../src/core/insights/settings';
import { prepareSeries, seriesOf } from '../../src/ui/overview/seriesOf';
import { partOf, type Calls } from '../support/countedCalls';
import { seededRandom } from '../support/random';

const START = toMinute(29_000_160);
const APIS = ['RunInstances', 'PutParameter', 'ListBuckets'];
const BOT = 'arn:aws:sts::123456789012:assumed-role/deploy-bot';

/** A few APIs, of one of them reads as well as writes, some calls by a bot and some errors. */
function* calls(): Generator<Calls> {
  const random = seededRandom('overview series');
  for (let i = 0; i < 300; i++) {
    yield {
      minute: START + random.integer(0, 200),
      calls: random.integer(1, 5),
      eventName: APIS[random.integer(0, 2)],
      readOnly: random.chance(0.3),
      errorCode: random.chance(0.2) ? 'AccessDenied' : '',
      ...(random.chance(0.3) && { userIdentityArn: BOT }),
    };
  }
}

const spans = fc
  .tuple(fc.integer({ min: -20, max: 220 }), fc.integer({ min: 1, max: 220 }), fc.boolean())
  .map(([from, minutes, off]) => ({
    start: toMinute(START + from),
    end: toMinute(START + from + minutes),
    reason: '',
    off,
  }));
const mutes = fc.constantFrom(
  { userIdentityArn: BOT, reason: '' },
  { eventName: APIS[0], reason: '' },
  { eventName: APIS[1], userIdentityArn: BOT, reason: '' },
);

describe('the series of the overview', () => {
  it('are those of the judged rows, however much is taken from those of all rows', async () => {
    const { table } = mergeActivity([partOf(calls())]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(spans, { maxLength: 3 }),
        fc.array(mutes, { maxLength: 2 }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        async (excludedSpans, muted, readEvents, isKnown, isGathered) => {
          const settings: DetectionSettings = {
            ...DEFAULT_SETTINGS,
            excludedSpans,
            mutes: muted,
            readEvents,
          };
          const whole = { ...table };
          if (isKnown) seriesOf(whole, readEvents);
          const all = judgedTable(whole, settings);
          const expected = allCallSeries(all, { readEvents });
          const judged = atOnce(judgedTableInSteps(whole, settings));
          if (isGathered) atOnce(gatherAll(judged));
          expect(await prepareSeries(judged, readEvents, { table: whole, excludedSpans })).toEqual(
            expected,
          );
          for (const one of expected)
            expect(callSeriesOf(rowsOf(judged, one.key), one.key)).toEqual(one);
          expect(seriesOf(judged, readEvents)).toEqual(expected);
          for (const column of ['minute', 'caller', 'calls'] as const)
            expect(judged[column]).toEqual(all[column]);
        },
      ),
    );
  });
});
