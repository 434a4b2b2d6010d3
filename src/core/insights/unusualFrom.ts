import type { Coverage } from '../activity/coverage';
import { toldFindings } from './episode';
import { judgeSeries } from './judgeSeries';
import { withCalls } from './alteredSeries';
import { type ObservedSeries } from './observedSeries';
import type { DetectionSettings } from './settings';

/** What a minute's calls are kept in. */
const MOST_CALLS = 0xffffffff;
/** Away from a guess that misses, steps grow this fast. */
const STRIDE = 4;

/**
 * The count from which on a minute is part of an insight above normal, all other minutes being as they are: with it the
 * series' own detection finds one there, with one call less it finds none. 1 also where the minute belongs to one without
 * a call, between others; Infinity where no count opens one. Detection runs a few times, the fewer the better `guess` is.
 */
export function unusualFrom(
  series: ObservedSeries,
  coverage: Coverage,
  settings: DetectionSettings,
  minute: number,
  guess: number,
): number {
  const isUnusual = (count: number): boolean =>
    judgeSeries(withCalls(series, minute, count), coverage, settings).episodes.some(
      ({ extent, findings }) =>
        findings[0].direction === 'above' &&
        extent.from <= minute &&
        minute < extent.to &&
        toldFindings({ findings }, settings).length > 0,
    );
  return firstWith(isUnusual, Math.max(1, Math.min(MOST_CALLS, guess)));
}

/** A count that `isUnusual` while one less is not, looked for around `guess`; 1 where every count tried is. */
function firstWith(isUnusual: (count: number) => boolean, guess: number): number {
  let least = guess;
  let most = guess - 1;
  if (isUnusual(guess)) {
    for (let step = 1; most > 0 && isUnusual(most); step *= STRIDE) {
      least = most;
      most = Math.max(0, most - step);
    }
  } else {
    for (let step = 1; ; step *= STRIDE) {
      if (least === MOST_CALLS) return Infinity;
      most = least;
      least = Math.min(MOST_CALLS, least + step);
      if (isUnusual(least)) break;
    }
  }
  while (least - most > 1) {
    const middle = Math.floor((least + most) / 2);
    if (isUnusual(middle)) least = middle;
    else most = middle;
  }
  return least;
}
