import { range } from 'd3';
import type { ActivityTable } from '../../core/activity/activityTable';
import {
  callSeriesIn,
  errorSeriesIn,
  namedApis,
  type CallSeries,
  type NamedApis,
} from '../../core/activity/callSeries';
import { edgesOf, seriesWithout } from '../../core/insights/excludedSpans';
import type { ExcludedSpan } from '../../core/insights/settings';
import { indexOfMinute } from '../../core/insights/statistics';
import { partInSteps } from '../judgedTable';
import { inSlices, inSteps } from '../parts/turns';
import { seriesRowOf } from './rows';

/** The series of each name of a table, and all of them. */
interface Made {
  readonly ofName: readonly (readonly CallSeries[])[];
  readonly all: readonly CallSeries[];
}

/** A table that another one is a part of, and the time that was left out on the way. */
interface Whole {
  readonly table: ActivityTable;
  readonly excludedSpans: readonly ExcludedSpan[];
}

/** What was made of each table, without its successful reads and with them. */
class OfTable<T> {
  readonly #made = {
    without: new WeakMap<ActivityTable, T>(),
    with: new WeakMap<ActivityTable, T>(),
  };

  #of(readEvents: boolean): WeakMap<ActivityTable, T> {
    return this.#made[readEvents ? 'with' : 'without'];
  }

  get(table: ActivityTable, readEvents: boolean): T | undefined {
    return this.#of(readEvents).get(table);
  }

  set(table: ActivityTable, readEvents: boolean, made: T): T {
    this.#of(readEvents).set(table, made);
    return made;
  }
}

const known = new OfTable<Made>();
const begun = new OfTable<Promise<readonly CallSeries[]>>();

/** All series of a table, made once: a pass over every row, which on a large archive takes a while. */
export function seriesOf(table: ActivityTable, readEvents: boolean): readonly CallSeries[] {
  const made = known.get(table, readEvents);
  if (made) return made.all;
  const ofName = namedApis(table).map((named) => seriesOfName(table, named, readEvents));
  return keep(table, readEvents, ofName);
}

/** Makes them, and what the overview needs to know of each, once and over as many tasks as it takes. */
export function prepareSeries(
  table: ActivityTable,
  readEvents: boolean,
  whole: Whole,
): Promise<readonly CallSeries[]> {
  return (
    begun.get(table, readEvents) ??
    begun.set(table, readEvents, makeSeries(table, readEvents, whole))
  );
}

async function makeSeries(
  table: ActivityTable,
  readEvents: boolean,
  whole: Whole,
): Promise<readonly CallSeries[]> {
  const made = known.get(table, readEvents);
  if (made) return made.all;
  const wholes = known.get(whole.table, readEvents)?.ofName;
  const edges = edgesOf(whole.excludedSpans);
  const names = namedApis(table);
  const lostTimeAlone = names.map(
    (named) => wholes && rowsIn(table, named) === rowsIn(whole.table, named, edges),
  );
  const changed = names.filter((_, i) => !lostTimeAlone[i]);
  const part = await inSteps(partInSteps(table, changed.flatMap(apisIn)));
  const ofName: (readonly CallSeries[])[] = [];
  await inSlices(names.keys(), (i) => {
    const series =
      wholes && lostTimeAlone[i]
        ? withoutSpans(wholes[i], edges)
        : seriesOfName(part, names[i], readEvents);
    series.forEach(seriesRowOf);
    ofName.push(series);
  });
  return keep(table, readEvents, ofName);
}

const apisIn = ({ from, next }: NamedApis): number[] => range(from, next);

const seriesOfName = (
  table: ActivityTable,
  named: NamedApis,
  readEvents: boolean,
): readonly CallSeries[] => [
  ...callSeriesIn(table, named, { readEvents }),
  ...errorSeriesIn(table, named),
];

/** An error code of which nothing is left has no series. */
const withoutSpans = (series: readonly CallSeries[], edges: Uint32Array): CallSeries[] =>
  series
    .map((one) => seriesWithout(one, edges))
    .filter(({ key, minute }) => key.errorCode === undefined || minute.length > 0);

/** How many rows a name has outside of some spans. */
function rowsIn(
  table: ActivityTable,
  { from, next }: NamedApis,
  edges: Uint32Array = new Uint32Array(0),
): number {
  const { apiStart } = table;
  let rows = apiStart[next] - apiStart[from];
  if (edges.length === 0) return rows;
  for (let api = from; api < next; api++) {
    const minutes = table.minute.subarray(apiStart[api], apiStart[api + 1]);
    edges.forEach((edge, i) => (rows += (i % 2 === 0 ? 1 : -1) * indexOfMinute(minutes, edge)));
  }
  return rows;
}

const keep = (
  table: ActivityTable,
  readEvents: boolean,
  ofName: Made['ofName'],
): readonly CallSeries[] => known.set(table, readEvents, { ofName, all: ofName.flat() }).all;
