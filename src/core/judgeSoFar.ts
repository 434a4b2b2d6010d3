import type { ActivityPart } from './activity/activityPart';
import type { Release } from './activity/release';
import type { Analysis } from './analysis';
import { judge, mergeLogs } from './analyze';
import type { Insight } from './insights/insight';
import type { DetectionSettings } from './insights/settings';

/** Judges logs of which a part is still to be read, for a first look. */
export function judgeSoFar(
  parts: readonly ActivityPart[],
  settings: DetectionSettings,
  release?: Release,
): Analysis {
  const logs = mergeLogs(parts, [], release);
  const coverage = logs.coverage.map((each) => ({ ...each, silenceMeansSilence: false }));
  const analysis = judge({ ...logs, coverage }, settings);
  return { ...analysis, insights: analysis.insights.filter(staysLikely) };
}

/**
 * What more logs are unlikely to take back: a burst far above what the same series did in the hours read already,
 * which is over. A silence may be a file not read yet; so may the earlier calls of an API that seems new, or those that
 * make a new level an old one.
 */
const staysLikely = ({ explanation: { rule }, direction, history, ongoing }: Insight): boolean =>
  rule === 'record' && direction === 'above' && history !== 'none' && !ongoing;
