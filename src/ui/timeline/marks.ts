import type { InsightMark } from '../format';

/** Outline of a mark around (0, 0), `size` pixels across: ▲ pointing up, ◆ on its corner, ▽ pointing down. */
export function markPath(kind: InsightMark['kind'], size: number): string {
  const half = size / 2;
  const low = half * 0.8;
  if (kind === 'rise') return `M0 ${-low}L${half} ${low}H${-half}Z`;
  if (kind === 'drop') return `M0 ${low}L${half} ${-low}H${-half}Z`;
  return `M0 ${-half}L${half} 0L0 ${half}L${-half} 0Z`;
}
