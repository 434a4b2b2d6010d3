import type { ActivityTable } from '../../../src/core/activity/activityTable';
import type { SeriesKey } from '../../../src/core/activity/callSeries';
import type { Coverage } from '../../../src/core/activity/coverage';
import { toMinute } from '../../../src/core/activity/minute';
import type { Insight } from '../../../src/core/insights/insight';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import type { OpenAnalysis } from '../../../src/worker/client';
import { EMPTY_LEDGER } from '../emptyLedger';
import { dice, insightOf } from '../timelineGallery/fake';

const DAY = 1440;
const START = Date.UTC(2026, 0, 12) / 60_000;
const ACCOUNT = '123456789012';
const SERVICES = ['backup', 'cloudformation', 'ec2', 'iam', 'kms', 'lambda', 's3', 'ssm', 'sts'];
const VERBS = ['Attach', 'Create', 'Delete', 'Put', 'Register', 'Start', 'Update'];
const THINGS = ['BackupJob', 'ChangeSet', 'Grant', 'InstanceInformation', 'NetworkInterface'];
const MORE = ['Parameter', 'Policy', 'RolePolicy', 'Snapshot', 'Stack', 'Tags'];
const REGIONS = ['eu-west-1', 'us-east-1'];

interface Series {
  readonly key: SeriesKey;
  readonly minutes: readonly number[];
  readonly calls: readonly number[];
}

/** Calls in a minute of the API of that rank: a few busy ones with a daily rhythm, clock-like jobs, and many rare ones. */
function rateOf(rank: number, random: () => number): (minute: number) => number {
  const daily = (minute: number): number =>
    1 + 0.6 * Math.sin(((minute % DAY) / DAY) * 2 * Math.PI - 2);
  if (rank % 25 === 0) {
    const level = 120 / (1 + rank / 25);
    return (minute) => Math.round(level * daily(minute) + (random() - 0.5) * Math.sqrt(level) * 4);
  }
  if (rank % 5 === 1) {
    const every = 15 * (1 + (rank % 4));
    return (minute) => (minute % every === 0 ? 2 + (rank % 7) : 0);
  }
  const chance = 0.3 / (1 + rank / 8);
  return (minute) => (random() < chance * daily(minute) ? 1 + Math.floor(random() * 4) : 0);
}

function seriesAt(rank: number, days: number): Series {
  const random = dice(rank + 1);
  const rate = rateOf(rank, random);
  const names = [...THINGS, ...MORE];
  const key: SeriesKey = {
    recipientAccountId: ACCOUNT,
    awsRegion: REGIONS[rank % 2],
    eventSource: `${SERVICES[rank % SERVICES.length]}.amazonaws.com`,
    eventName: `${VERBS[rank % VERBS.length]}${names[rank % names.length]}${rank >= 99 ? rank : ''}`,
  };
  const minutes: number[] = [];
  const calls: number[] = [];
  const lost = (minute: number): boolean =>
    minute >= START + 0.6 * days * DAY && minute < START + 0.64 * days * DAY;
  for (let minute = START; minute < START + days * DAY; minute++) {
    const count = rate(minute);
    if (count > 0 && !lost(minute)) {
      minutes.push(minute);
      calls.push(count);
    }
  }
  return { key, minutes, calls };
}

/** Adds a burst (or takes everything away) so that the picture shows what the insight says. */
function unusual(
  series: Series,
  rank: number,
  days: number,
): { series: Series; insights: Insight[] } {
  const random = dice(rank * 7 + 3);
  const start = START + Math.floor((0.1 + random() * 0.8) * days * DAY);
  const end = start + (rank % 3 === 0 ? 1 : 3 + Math.floor(random() * 240));
  const inside = (minute: number): boolean => minute >= start && minute < end;
  const kept = series.minutes.map((minute, i) => [minute, series.calls[i]] as const);
  const others = kept.filter(([minute]) => !inside(minute));
  const drop = rank % 5 === 1;
  const peak = 12 * Math.max(...series.calls.slice(0, 100), 1);
  const burst = Array.from(
    { length: drop ? 0 : end - start },
    (_, i) => [start + i, peak] as const,
  );
  const all = [...others, ...burst].toSorted(([a], [b]) => a - b);
  const baseline = series.calls.reduce((sum, calls) => sum + calls, 0) / (days * DAY);
  const rule = drop ? 'missed runs' : 'record';
  return {
    series: {
      ...series,
      minutes: all.map(([minute]) => minute),
      calls: all.map(([, calls]) => calls),
    },
    insights: [
      {
        ...insightOf(series.key, start, end, drop ? 0 : peak, baseline, rule),
        severity: 3 + random() * 4,
      },
    ],
  };
}

function tableOf(all: readonly Series[]): ActivityTable {
  const strings = [''];
  const refs = new Map<string, number>();
  const refOf = (text: string): number => {
    if (text === '') return 0;
    if (!refs.has(text)) refs.set(text, strings.push(text) - 1);
    return refs.get(text)!;
  };
  const column = (field: (key: SeriesKey) => string): Uint32Array =>
    Uint32Array.from(all, ({ key }) => refOf(field(key)));
  const rows = all.reduce((sum, { minutes }) => sum + minutes.length, 0);
  const apiStart = new Uint32Array(all.length + 1);
  const minute = new Uint32Array(rows);
  const calls = new Uint32Array(rows);
  const errorCode = new Uint32Array(rows);
  all.forEach((series, api) => {
    minute.set(series.minutes, apiStart[api]);
    calls.set(series.calls, apiStart[api]);
    apiStart[api + 1] = apiStart[api] + series.minutes.length;
    errorCode.fill(refOf(series.key.errorCode ?? ''), apiStart[api], apiStart[api + 1]);
  });
  return {
    strings,
    apis: {
      recipientAccountId: column((key) => key.recipientAccountId),
      awsRegion: column((key) => key.awsRegion),
      eventSource: column((key) => key.eventSource),
      eventName: column((key) => key.eventName),
      readOnly: Uint8Array.from(all, ({ key }) => (key.errorCode === undefined ? 0 : 1)),
      sort: new Uint8Array(all.length),
    },
    callers: {
      userIdentityArn: Uint32Array.of(0),
      userAgent: Uint32Array.of(0),
      sourceIPAddress: Uint32Array.of(0),
      accessKeyId: Uint32Array.of(0),
    },
    apiStart,
    minute,
    errorCode,
    caller: new Uint32Array(rows),
    calls,
  };
}

const coverageIn = (awsRegion: string, days: number): Coverage => ({
  recipientAccountId: ACCOUNT,
  awsRegion,
  start: toMinute(START + (awsRegion === 'eu-west-1' ? 0.03 * days * DAY : 0)),
  end: toMinute(START + days * DAY),
  gaps: Uint32Array.of(START + 0.6 * days * DAY, START + 0.64 * days * DAY),
  incompleteFrom: toMinute(START + days * DAY - 15),
  silenceMeansSilence: true,
});

/** An analysis of so many APIs over so many days; the same every time. Every `insightEvery`th API has an insight. */
export function fakeAnalysis(apis: number, days: number, insightEvery: number): OpenAnalysis {
  const insights: Insight[] = [];
  const all = Array.from({ length: apis }, (_, rank) => {
    const ordinary = seriesAt(rank, days);
    if (rank % insightEvery !== insightEvery - 1) return ordinary;
    const key =
      rank % 4 === 3 ? { ...ordinary.key, errorCode: 'ThrottlingException' } : ordinary.key;
    const made = unusual({ ...ordinary, key }, rank, days);
    insights.push(...made.insights);
    return made.series;
  });
  return {
    id: 'fake',
    name: 'Fake',
    stored: false,
    table: tableOf(all),
    presence: [],
    coverage: REGIONS.map((awsRegion) => coverageIn(awsRegion, days)),
    ledger: EMPTY_LEDGER,
    settings: DEFAULT_SETTINGS,
    insights: insights.toSorted((a, b) => b.severity - a.severity),
  };
}
