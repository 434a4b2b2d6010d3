import { dipGridOf, dipRecords, isLowered } from './dip';
import { mergeFindings, type Episode, type Finding } from './episode';
import type { HourRecords } from './hourRecords';
import { extentBelow } from './extent';
import { callsBetween, callsPerDay } from './observedSeries';
import { rank } from './rankedRecords';
import { tailOf, type RecordTail, type TailShape } from './recordTail';
import { severityOf } from './returnPeriod';
import type { SeriesModel } from './seriesModel';
import { extentOfSilence, INDEPENDENT_MINUTES, silenceRecords } from './silence';

const LEAST_OCCUPANCY = 0.25;
const LEAST_CALLS_PER_DAY = 20;
const LONGEST_REACH = 400;
const DIP_MINUTES = [15, 60, 240];
/** A dip is looked for where the archive holds this many of its length. */
const LEAST_DIPS = 18;
/** The tail of silences is heavier than that of bursts: its index is never taken to be smaller. */
const LEAST_TAIL_INDEX = 0.12;

/** Whether a series is busy and even enough for its silence to mean something. */
export function isBusy({ series, level, shape }: SeriesModel): boolean {
  const occupied = shape.occupancy >= LEAST_OCCUPANCY;
  return occupied && callsPerDay(series) >= LEAST_CALLS_PER_DAY && level.reach <= LONGEST_REACH;
}

/** Silences, which tell their minutes exactly, and dips of a busy series of severity ≥ `floor`, one episode per event. */
export function findDrops(model: SeriesModel, floor: number): Episode[] {
  const grid = dipGridOf(model);
  const lengths = DIP_MINUTES.filter((minutes) => minutes * LEAST_DIPS <= model.series.length);
  const found = [
    ...unusual(model, silenceRecords(model), INDEPENDENT_MINUTES, 'silence', floor),
    ...lengths.flatMap((minutes) =>
      unusual(model, dipRecords(model, grid, minutes), minutes, 'dip', floor),
    ),
  ];
  const isDip = ({ rule }: Finding): number => (rule === 'dip' ? 1 : 0);
  found.sort(
    (a, b) => isDip(a) - isDip(b) || b.severity - a.severity || a.decided.from - b.decided.from,
  );
  return mergeFindings(found, (part, finding) => isLowered(finding.model, part));
}

/** What the silences of a series are compared with. */
export const silenceTailOf = (model: SeriesModel): RecordTail =>
  dropTailOf(model, silenceRecords(model), INDEPENDENT_MINUTES);

const dropTailOf = (model: SeriesModel, records: HourRecords, minutes: number): RecordTail =>
  tailOf(records, rank(records.deviation), shapeOfDrops(model), minutes, model.eventHours);

const shapeOfDrops = ({ shape }: SeriesModel): TailShape => ({
  ...shape,
  exponential: shape.exponential / 2,
  index: Math.max(LEAST_TAIL_INDEX, shape.index),
});

function unusual(
  model: SeriesModel,
  records: HourRecords,
  minutes: number,
  rule: 'silence' | 'dip',
  floor: number,
): Finding[] {
  const { series, level } = model;
  const { hour, deviation, start, end, dispersion } = records;
  const tail = dropTailOf(model, records, minutes);
  const found: Finding[] = [];
  for (let i = 0; i < hour.length; i++) {
    if (deviation[i] <= tail.certainlyUsual) continue;
    const reference = tail.referenceFor(hour[i]);
    const severity = severityOf(reference, deviation[i]);
    if (reference.hours === 0 || severity < floor) continue;
    const decided = { from: start[i], to: end[i] };
    if (!isLowered(model, decided)) continue;
    found.push({
      rule,
      direction: 'below',
      severity,
      extent:
        rule === 'dip' ? extentBelow(series, level, decided) : extentOfSilence(model, decided),
      decided,
      observed: callsBetween(series, decided.from, decided.to),
      expected: level.between(decided.from, decided.to),
      dispersion,
      model,
      reference,
      comparedHours: reference.hours,
    });
  }
  return found;
}
