import type { AttributeName } from '../../core/cloudtrail/insightsEvent';
import { ABSENT } from '../../core/insights/attribution';
import type { Insight } from '../../core/insights/insight';

/** The value with the most calls and its share of them (0 to 1). */
export interface Mainly {
  readonly attribute: AttributeName;
  readonly value: string;
  readonly share: number;
}

/**
 * Who and what made most of an insight's calls, of those attributes that the records name; of a drop, those before it,
 * for it is they who are missing.
 */
export function mainly({ direction, attributions, statistics }: Insight): readonly Mainly[] {
  const span = direction === 'below' ? 'baseline' : 'insight';
  const all = statistics[span].average;
  return attributions.flatMap(({ attribute, [span]: [first] }) =>
    first === undefined || first.value === ABSENT || all === 0
      ? []
      : [
          {
            attribute,
            value: first.value,
            share: Math.min(1, first.average / all),
          },
        ],
  );
}

const FITS = 32;

/** A long user agent by its first products, whole words: `APN/1.0 HashiCorp/1.0 …`. */
export const shortUserAgent = (userAgent: string): string => {
  if (userAgent.length <= FITS) return userAgent;
  const end = userAgent.lastIndexOf(' ', FITS);
  return `${userAgent.slice(0, end > 0 ? end : FITS)} …`;
};
