import { describe, expect, it } from 'vitest';
import { toMinute } from '../../../src/core/activity/minute';
import { listedInsights } from '../../../src/core/insights/listedInsights';
import type { RecordedInsight } from '../../../src/core/insights/recordedInsights';
import { exampleAnalysis } from '../export/example';

const ours = exampleAnalysis().insights;
const [first] = ours;

const recorded = (more: Partial<RecordedInsight> = {}): RecordedInsight => ({
  sharedEventID: 'aws-1',
  key: first.key,
  insightType: first.insightType,
  sourceEventCategory: 'Management',
  start: toMinute(first.start + 1),
  end: first.end,
  halves: 'both',
  statistics: { baselineAverage: 1, insightAverage: 9, insightDuration: 3, baselineDuration: 100 },
  attributions: [],
  ...more,
});

describe('the list of insights', () => {
  it('is ours where the logs hold nothing of AWS', () => {
    expect(listedInsights(ours, [])).toBe(ours);
  });

  it('tells of each of ours whether AWS recorded it, and how it differs', () => {
    const listed = listedInsights(ours, [recorded()]);
    expect(listed.length).toBe(ours.length);
    expect(listed[0].found).toMatchObject({ by: 'both', startDifference: -1, endDifference: 0 });
    for (const { found } of listed.slice(1)) expect(found).toEqual({ by: 'Trailglass' });
  });

  it('ends with what AWS alone recorded, as AWS recorded it', () => {
    const alone = recorded({ key: { ...first.key, eventName: 'RunInstances' } });
    const last = listedInsights(ours, [alone]).at(-1)!;
    expect(last).toMatchObject({
      sharedEventID: 'aws-1',
      start: alone.start,
      end: alone.end,
      direction: 'above',
      ongoing: false,
      statistics: { baseline: { average: 1 }, insight: { average: 9 }, insightDuration: 3 },
      found: { by: 'AWS', recorded: alone },
    });
  });

  it('goes by an id of its own for each, though AWS gives the same in two accounts', () => {
    const inAccount = (recipientAccountId: string) =>
      recorded({ sharedEventID: ours[0].sharedEventID, key: { ...first.key, recipientAccountId } });
    const listed = listedInsights(ours, [inAccount('1'), inAccount('2')]);
    expect(listed.length).toBe(ours.length + 2);
    expect(new Set(listed.map(({ sharedEventID }) => sharedEventID)).size).toBe(listed.length);
    expect(listed.at(-1)!.found).toMatchObject({
      recorded: { sharedEventID: first.sharedEventID },
    });
  });

  it('shows one without an End as going on', () => {
    const key = { ...first.key, eventName: 'RunInstances' };
    const last = listedInsights(ours, [recorded({ key, end: null, halves: 'Start' })]).at(-1)!;
    expect(last.ongoing).toBe(true);
    expect(last.end).toBe(last.start + 5);
  });
});
