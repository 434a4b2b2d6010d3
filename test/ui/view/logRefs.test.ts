import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeActivity } from '../../../src/core/activity/mergeActivity';
import { toMinute } from '../../../src/core/activity/minute';
import type { ListedInsight } from '../../../src/core/insights/listedInsights';
import { LogRefs, movedView } from '../../../src/ui/view/logRefs';
import { FRESH_VIEW, type View } from '../../../src/ui/view/viewFragment';
import { partOf, type Calls } from '../../support/countedCalls';
import { insight } from '../insights/insightBuilder';

/** An analysis of these calls, whose logs begin at minute 1,000 or where it is said. */
function logsOf(calls: Calls[], insights: readonly ListedInsight[] = [], start = 1000) {
  const coverage = {
    recipientAccountId: '123456789012',
    awsRegion: 'us-east-1',
    start: toMinute(start),
    end: toMinute(9000),
    gaps: new Uint32Array(),
    incompleteFrom: toMinute(9000),
    silenceMeansSilence: true,
  };
  return { table: mergeActivity([partOf(calls)]).table, coverage: [coverage], insights };
}

const put = { minute: 1000, calls: 3, eventName: 'PutParameter', errorCode: 'AccessDenied' };
const attach = {
  minute: 1005,
  calls: 1,
  eventSource: 'iam.amazonaws.com',
  eventName: 'AttachUserPolicy',
};
const logs = logsOf([put, attach]);
const refs = new LogRefs(logs);

describe('a place in the logs', () => {
  it.each([
    { field: 'api', value: 'PutParameter', without: false },
    { field: 'service', value: 'iam.amazonaws.com', without: true },
    { field: 'errorCode', value: 'AccessDenied', without: false },
    { field: 'type', value: 'API error rate', without: false },
    { field: 'direction', value: 'Drop', without: true },
  ] as const)('stands for the $field $value', (condition) => {
    expect(refs.toCondition(refs.toFilterRef(condition)!)).toEqual(condition);
  });

  it('stands for a series, with or without an error code', () => {
    const key = {
      recipientAccountId: '123456789012',
      awsRegion: 'us-east-1',
      eventSource: 'ssm.amazonaws.com',
      eventName: 'PutParameter',
    };
    const errors = { ...key, errorCode: 'AccessDenied' };
    expect(refs.toSeriesKey(refs.toSeriesRef(key)!)).toEqual(key);
    expect(refs.toSeriesKey(refs.toSeriesRef(errors)!)).toEqual(errors);
  });

  it('stands for a value that only AWS’s own insights have', () => {
    const recorded = insight({ key: { awsRegion: 'ap-south-2' } });
    const found = { by: 'AWS', recorded: {} } as ListedInsight['found'];
    const withRecorded = new LogRefs(logsOf([put], [{ ...recorded, found }]));
    const condition = { field: 'region', value: 'ap-south-2', without: false } as const;
    expect(withRecorded.toCondition(withRecorded.toFilterRef(condition)!)).toEqual(condition);
  });

  it('of a value the logs do not have is none', () => {
    expect(refs.toFilterRef({ field: 'api', value: 'DeleteTrail', without: false })).toBeNull();
  });

  it('beyond all there is stands for nothing, whatever the number', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (api, errorCode) => {
        const key = refs.toSeriesKey({ api, errorCode });
        expect(key === null || key.errorCode !== '').toBe(true);
        const condition = refs.toCondition({ field: 'identity', value: api, without: false });
        expect(condition === null || typeof condition.value === 'string').toBe(true);
      }),
    );
  });
});

describe('a span', () => {
  it('is counted from the first minute of the logs', () => {
    const span = { from: toMinute(1060), to: toMinute(1120) };
    expect(refs.toRelative(span)).toEqual({ from: 60, to: 120 });
    expect(refs.toSpan({ from: 60, to: 120 })).toEqual(span);
  });

  it('before all time is none', () => {
    expect(refs.toSpan({ from: -5000, to: 5 })).toBeNull();
  });
});

describe('when other logs join an analysis', () => {
  const more = logsOf([put, attach, { minute: 900, calls: 1, eventName: 'AAA' }], [], 900);

  it('the view stays on what it showed, though all has another place', () => {
    const condition = { field: 'api', value: 'PutParameter', without: true } as const;
    const view: View = {
      ...FRESH_VIEW,
      analysis: 'a1',
      zone: null,
      span: { from: 60, to: 120 },
      filters: [refs.toFilterRef(condition)!],
    };
    const moved = movedView(view, logs, more);
    expect(moved).not.toEqual(view);
    const after = new LogRefs(more);
    expect(after.toSpan(moved.span)).toEqual(refs.toSpan(view.span));
    expect(after.toCondition(moved.filters[0])).toEqual(condition);
  });
});
