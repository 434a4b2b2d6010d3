import { allCallSeries } from '../../../src/core/activity/callSeries';
import { toMinute } from '../../../src/core/activity/minute';
import { Detection } from '../../../src/core/detection/detection';
import { judgementOf } from '../../../src/core/detection/judgement';
import { DEFAULT_SETTINGS, type DetectionSettings } from '../../../src/core/insights/settings';
import { AUDITOR, makeArchive } from './archive';
import { awsLikeRule } from './cost';
import { LENGTHS, type Length } from './generator';
import type { SHARE } from './families';

/** CPU milliseconds of one change of the settings, and how many units of series it judges again. */
export interface ChangeCost {
  readonly change: string;
  readonly milliseconds: number;
  readonly judged: number;
  readonly insights: number;
}

const leftOut = (start: number, minutes: number): Partial<DetectionSettings> => ({
  excludedSpans: [{ start: toMinute(start), end: toMinute(start + minutes), reason: '' }],
});
const AN_API = { eventName: 'Api00042', reason: '' };

const CHANGES: readonly [string, Partial<DetectionSettings>][] = [
  ['from scratch', {}],
  ['severity 2.9', { severity: 2.9 }],
  ['severity 2.5', { severity: 2.5 }],
  ['severity 1.8', { severity: 1.8 }],
  ['severity 3 again', {}],
  [
    'an identity of 2 % of the APIs left out',
    { mutes: [{ userIdentityArn: AUDITOR, reason: '' }] },
  ],
  ['an API left out', { mutes: [AN_API] }],
  ['its reason', { mutes: [{ ...AN_API, reason: 'deploys' }] }],
  ['nothing left out again', {}],
  ['two hours left out', leftOut(28_440_000, 120)],
  ['two other hours', leftOut(28_443_000, 120)],
  ['a day left out', leftOut(28_446_000, 1440)],
  ['another day', leftOut(28_449_000, 1440)],
  ['a week left out', leftOut(28_452_000, 10_080)],
  ['two weeks left out', leftOut(28_440_000, 20_160)],
  ['two hours of before', leftOut(28_440_000, 120)],
  ['back again', {}],
  ['minimum calls 5', { minimumCalls: 5 }],
];

/** What detecting costs the first time, and then change by change, in one archive on one worker. */
export function measureChanges(
  series: number,
  length: Length,
  families?: (keyof typeof SHARE)[],
): ChangeCost[] {
  const { table, coverage } = makeArchive(series, length, families);
  const detection = new Detection(table, coverage);
  return CHANGES.map(([change, changes]) => {
    const settings = { ...DEFAULT_SETTINGS, ...changes };
    const judged = detection.under(settings).waiting;
    const { result, milliseconds } = timed(() => detection.detect(settings));
    return { change, milliseconds, judged, insights: result.length };
  });
}

/** What one worker needs for a whole archive, beside the usual rule in the same process. */
export interface ArchiveCost {
  readonly rows: number;
  readonly detector: number;
  readonly awsLike: number;
  /** Bytes of each minute of each series that are held at once beside the table, at the most. */
  readonly bytesPerBucket: number;
}

export function measureArchive(series: number, length: Length): ArchiveCost {
  const { table, coverage } = makeArchive(series, length);
  const detection = new Detection(table, coverage);
  const round = detection.under(DEFAULT_SETTINGS);
  const before = memory();
  let most = before;
  const detector = timed(() => {
    while (round.waiting > 0) most = Math.max(most, judgeBatch(round));
    round.tellAll();
    round.insights();
  }).milliseconds;
  const awsLike = timed(() => {
    for (const { minute, calls } of allCallSeries(table)) {
      const counts = new Float64Array(LENGTHS[length]);
      minute.forEach((at, i) => (counts[at - coverage[0].start] = calls[i]));
      awsLikeRule(counts);
    }
  }).milliseconds;
  const bytesPerBucket = (most - before) / (series * LENGTHS[length]);
  return { rows: table.minute.length, detector, awsLike, bytesPerBucket };
}

/** Memory while the series of a batch are judged. */
function judgeBatch(round: ReturnType<Detection['under']>): number {
  const batch = round.take();
  let most = 0;
  const judgements = batch.series.map((each) => {
    const judgement = judgementOf(each, batch.settings);
    most = Math.max(most, memory());
    return judgement;
  });
  round.put(batch, judgements);
  return most;
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function timed<T>(work: () => T): { result: T; milliseconds: number } {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, milliseconds: (user + system) / 1000 };
}
