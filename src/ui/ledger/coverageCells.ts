import { type CoverageMap, HourState, type ScopeHours } from '../../core/activity/coverageMap';

/** Some hours of one account and Region. */
export interface CoverageCell {
  /** Hours since the epoch, half open. */
  readonly from: number;
  readonly to: number;
  readonly events: number;
  readonly files: number;
  readonly lost: number;
  /** The worst of its hours. */
  readonly state: HourState;
  /** How many of its hours have logs missing. */
  readonly hoursMissing: number;
}

/** A column is as many hours as let it be wide enough to be seen and pointed at. */
const NARROWEST = 4;
const STEPS = [1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720];

/** Hours of a column, where the map is so many pixels wide. */
export function hoursPerColumn(hours: number, width: number): number {
  const least = (hours * NARROWEST) / Math.max(1, width);
  return STEPS.find((step) => step >= least) ?? Math.ceil(least / 24) * 24;
}

/** The columns' first hours, at whole multiples of their length, so that days are UTC days. */
export function columnsOf({ firstHour, hours }: CoverageMap, step: number): number[] {
  const first = Math.floor(firstHour / step) * step;
  const count = hours === 0 ? 0 : Math.ceil((firstHour + hours - first) / step);
  return Array.from({ length: count }, (_, i) => first + i * step);
}

/** What stands in the column that begins at `from`. */
export function cellOf(
  scope: ScopeHours,
  firstHour: number,
  from: number,
  step: number,
): CoverageCell {
  const begin = Math.max(0, from - firstHour);
  const end = Math.min(scope.state.length, from + step - firstHour);
  let [events, files, lost, hoursMissing] = [0, 0, 0, 0];
  let state: HourState = HourState.outside;
  for (let hour = begin; hour < end; hour++) {
    events += scope.events[hour];
    files += scope.files[hour];
    lost += scope.lost[hour];
    if (scope.state[hour] > state) state = scope.state[hour] as HourState;
    if (scope.state[hour] >= HourState.partly) hoursMissing++;
  }
  return { from: firstHour + begin, to: firstHour + end, events, files, lost, state, hoursMissing };
}

/** 0 to 1 for events of an hour: a thousand is twice as dark as thirty. */
export const strengthOf = (eventsPerHour: number, most: number): number =>
  eventsPerHour === 0
    ? 0
    : 0.25 + (0.75 * Math.log1p(eventsPerHour)) / Math.log1p(Math.max(1, most));

/** Where a cell stands in the map. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

const MOVES: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/** The place a key leads to, within so many rows and columns; null for any other key. */
export function movedPlace(
  key: string,
  from: CellPlace | null,
  rows: number,
  columns: number,
): CellPlace | null {
  const by = MOVES[key];
  if (!by) return null;
  const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
  const { row, column } = from ?? { row: 0, column: by[1] < 0 ? columns : -1 };
  return { row: within(row + by[0], rows), column: within(column + by[1], columns) };
}
