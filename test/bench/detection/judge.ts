import { detect } from './adapter';
import { anomalousShare, cleanShare, type LabelledSeries, type Length } from './generator';
import type { Judged, Prediction } from './scorer';

export interface Judgement {
  readonly judged: Judged[];
  readonly ids: string[];
  readonly minutes: number;
}

/** Runs detection over one split; severities to three decimals, as result files keep them. */
export function judgeSplit(
  split: string,
  lengths: readonly Length[],
  repetitions: number,
  cleanSeries: number,
): Judgement {
  const judged: Judged[] = [];
  const ids: string[] = [];
  for (const series of cleanShare(split, lengths, cleanSeries)) add(series, true);
  for (const series of anomalousShare(split, lengths, repetitions)) add(series, false);
  return { judged, ids, minutes: judged.reduce((sum, one) => sum + one.minutes, 0) };

  function add(series: LabelledSeries, clean: boolean): void {
    const { family, length, counts, labels, id } = series;
    judged.push({
      clean,
      family,
      length,
      minutes: counts.length,
      labels,
      predictions: predict(series),
    });
    ids.push(id);
  }
}

function predict({ counts, start, mask, family }: LabelledSeries): Prediction[] {
  const kind = family === 'errors' ? 'error' : 'call';
  return detect(counts, { t0: start, mask, kind }).map(({ s, e, score, dir }) => [
    s,
    e,
    Number(score.toFixed(3)),
    dir,
  ]);
}

/** The result file of the reference yardstick, for its own scorer. */
export const toResultFile = (
  split: string,
  { judged, ids, minutes }: Judgement,
  milliseconds: number,
): unknown => ({
  split,
  ms: milliseconds,
  buckets: minutes,
  series: judged.map((one, i) => ({
    c: one.clean ? 'C' : 'A',
    fam: one.family,
    len: one.length,
    n: one.minutes,
    id: ids[i],
    L: one.labels.map(({ from, to, type, strength, dontCare, slack }) => [
      from,
      to,
      type,
      strength,
      dontCare ? 1 : 0,
      slack,
    ]),
    P: one.predictions,
  })),
});
