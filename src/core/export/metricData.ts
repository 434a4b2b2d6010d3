import type { ActivityTable } from '../activity/activityTable';
import { allCallSeries, type CallSeries, type SeriesOptions } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import { formatMinute, type Minute } from '../activity/minute';

/** As in the request: `NonZeroData` leaves minutes without calls out; `FillWithZeros` writes them where there are logs. */
export type MetricDataType = 'NonZeroData' | 'FillWithZeros';

/** Values a piece: keeps single strings far below the engine's limit on archives of any size. */
const VALUES_PER_PIECE = 20_000;

/**
 * Minute counts as answers of `ListInsightsMetricData` with a period of 60 seconds: a JSON list with one object per call
 * and error series, in pieces. AWS answers for one account and Region; as archives hold many, each object names its own. `readEvents` of the settings
 * decides whether read APIs have call series too.
 */
export function* metricDataJson(
  table: ActivityTable,
  coverage: readonly Coverage[],
  dataType: MetricDataType,
  options: SeriesOptions = { readEvents: false },
): Generator<string> {
  let separator = '[\n';
  for (const series of allCallSeries(table, options)) {
    yield separator + headOf(series);
    const scope = coverage.find(
      ({ recipientAccountId, awsRegion }) =>
        recipientAccountId === series.key.recipientAccountId && awsRegion === series.key.awsRegion,
    );
    const { minute, calls } =
      dataType === 'FillWithZeros' && scope ? filled(series, scope) : series;
    yield* list('Timestamps', minute, (at) => `"${formatMinute(at as Minute)}"`);
    yield ',';
    yield* list('Values', calls, (count) => `${count}`);
    yield '}';
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

function headOf({ key }: CallSeries): string {
  const { eventSource, eventName, errorCode, recipientAccountId, awsRegion } = key;
  const members = {
    recipientAccountId,
    awsRegion,
    EventSource: eventSource,
    EventName: eventName,
    InsightType: errorCode ? 'ApiErrorRateInsight' : 'ApiCallRateInsight',
    ...(errorCode ? { ErrorCode: errorCode } : {}),
  };
  return `${JSON.stringify(members).slice(0, -1)},`;
}

function* list(
  name: string,
  values: Uint32Array,
  format: (value: number) => string,
): Generator<string> {
  yield `"${name}":[`;
  for (let at = 0; at < values.length; at += VALUES_PER_PIECE) {
    const piece = Array.from(values.subarray(at, at + VALUES_PER_PIECE), format).join(',');
    yield at === 0 ? piece : `,${piece}`;
  }
  yield ']';
}

/** Every minute that the logs cover, and those at their rims that hold calls though they are not complete. */
function filled(
  { minute, calls }: CallSeries,
  coverage: Coverage,
): Pick<CallSeries, 'minute' | 'calls'> {
  const covered = coveredMinutes(coverage);
  const all = new Uint32Array(covered.length + minute.length);
  const counts = new Uint32Array(all.length);
  let length = 0;
  for (let c = 0, m = 0; c < covered.length || m < minute.length; length++) {
    const isCounted = m < minute.length && !(covered[c] < minute[m]);
    all[length] = isCounted ? minute[m] : covered[c];
    counts[length] = isCounted ? calls[m++] : 0;
    if (covered[c] === all[length]) c++;
  }
  return { minute: all.subarray(0, length), calls: counts.subarray(0, length) };
}

function coveredMinutes({ start, end, gaps }: Coverage): Uint32Array {
  const minutes = new Uint32Array(Math.max(0, end - start));
  let length = 0;
  for (let at: number = start, gap = 0; at < end; at++) {
    while (gap < gaps.length && gaps[gap + 1] <= at) gap += 2;
    if (gap >= gaps.length || gaps[gap] > at) minutes[length++] = at;
  }
  return minutes.subarray(0, length);
}
