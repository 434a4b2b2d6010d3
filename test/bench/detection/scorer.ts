import type { AnomalyType, Label } from './anomalies';
import { FAMILIES, SHARE, type Family } from './families';
import type { Length } from './generator';

const DAY = 1440;
/** Minutes by which a window may miss a label. */
const TOLERANCE = 2;

/** [from, to, severity, direction], minutes from the series' start. */
export type Prediction = readonly [number, number, number, number];

/** What a detector found in one labelled series. */
export interface Judged {
  readonly clean: boolean;
  readonly family: Family;
  readonly length: Length;
  readonly minutes: number;
  readonly labels: readonly Label[];
  readonly predictions: readonly Prediction[];
}

export const hits = ([from, to]: Prediction, label: Label): boolean =>
  from < label.to + TOLERANCE + label.slack && to > label.from - TOLERANCE - label.slack;

/** A window much longer than the anomaly does not say when it was. */
const isShortEnough = ([from, to]: Prediction, label: Label): boolean =>
  to - from <= 3 * (label.to - label.from) + 30 + 2 * label.slack;

export interface FalseAlarms {
  /** Per 1,000 series-days, families weighted by their share of an account. */
  readonly mixed: number;
  readonly byFamily: Readonly<Partial<Record<Family, number>>>;
}

/** False alarms of clean series at a severity, all lengths or some. */
export function falseAlarms(
  judged: readonly Judged[],
  severity: number,
  ofLength: (length: Length) => boolean = () => true,
): FalseAlarms {
  const byFamily: Partial<Record<Family, number>> = {};
  let weighted = 0;
  let weight = 0;
  for (const family of FAMILIES) {
    const series = judged.filter(
      (one) => one.clean && one.family === family && ofLength(one.length),
    );
    const days = series.reduce((sum, one) => sum + one.minutes / DAY, 0);
    if (days === 0) continue;
    const alarms = series.reduce(
      (sum, one) => sum + falseIn(one).filter((at) => at >= severity).length,
      0,
    );
    const rate = (1000 * alarms) / days;
    byFamily[family] = rate;
    weighted += SHARE[family] * rate;
    weight += SHARE[family];
  }
  return { mixed: weighted / weight, byFamily };
}

/** Severities of the predictions that no label explains. */
const falseIn = ({ predictions, labels }: Judged): number[] =>
  predictions
    .filter((one) => !labels.some((label) => hits(one, label)))
    .map(([, , severity]) => severity);

/** The smallest severity at which false alarms stay within the budget. */
export function severityForBudget(judged: readonly Judged[], budget: number): number {
  const severities = judged
    .filter((one) => one.clean)
    .flatMap(falseIn)
    .sort((a, b) => a - b);
  let low = 0;
  let high = severities.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (falseAlarms(judged, severities[middle] + 1e-6).mixed <= budget) high = middle;
    else low = middle + 1;
  }
  if (severities.length === 0) return 0;
  return severities[Math.min(low, severities.length - 1)] + 1e-6;
}

export interface Share {
  found: number;
  of: number;
}

export interface Minutes {
  /** Signed errors of the first window's start and the last one's end. */
  readonly start: number[];
  readonly end: number[];
}

export interface Recall {
  readonly all: Share;
  readonly byType: Map<AnomalyType | 'step', Share>;
  readonly byStrength: readonly Share[];
  readonly byLength: Map<Length, Share>;
  readonly byFamily: Map<Family, Share>;
  readonly minutes: Map<AnomalyType | 'all', Minutes>;
  /** Further windows of an anomaly already found. */
  readonly fragments: number;
}

/** What share of the labels is found at a severity, and how exactly. */
export function recallAt(judged: readonly Judged[], severity: number): Recall {
  const recall = {
    all: none(),
    byType: new Map<AnomalyType | 'step', Share>(),
    byStrength: [none(), none(), none(), none()],
    byLength: new Map<Length, Share>(),
    byFamily: new Map<Family, Share>(),
    minutes: new Map<AnomalyType | 'all', Minutes>(),
    fragments: 0,
  };
  for (const series of judged) {
    if (series.clean) continue;
    const predictions = series.predictions.filter(([, , at]) => at >= severity);
    for (const label of series.labels) {
      const near = predictions.filter((one) => hits(one, label));
      if (label.dontCare) {
        if (label.type === 'step') count(entry(recall.byType, 'step', none), near.length > 0);
        continue;
      }
      const type = label.type as AnomalyType;
      const good = near.filter((one) => isShortEnough(one, label));
      const shares = [
        recall.all,
        recall.byStrength[label.strength],
        entry(recall.byType, type, none),
        entry(recall.byLength, series.length, none),
        entry(recall.byFamily, series.family, none),
      ];
      for (const share of shares) count(share, good.length > 0);
      if (good.length === 0) continue;
      recall.fragments += good.length - 1;
      for (const key of [type, 'all'] as const) {
        const minutes = entry(recall.minutes, key, () => ({ start: [], end: [] }));
        minutes.start.push(good[0][0] - label.from);
        minutes.end.push(good[good.length - 1][1] - label.to);
      }
    }
  }
  return recall;
}

const none = (): Share => ({ found: 0, of: 0 });

function count(share: Share, found: boolean): void {
  share.of++;
  if (found) share.found++;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

export const shareOf = (share: Share | undefined): number =>
  share === undefined || share.of === 0 ? 0 : share.found / share.of;

/** Share of errors of at most one minute. */
export const exactShare = (errors: readonly number[] | undefined): number =>
  errors === undefined ? 0 : errors.filter((error) => Math.abs(error) <= 1).length / errors.length;
