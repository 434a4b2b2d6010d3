import type { ListedInsight } from '../../core/insights/listedInsights';
import {
  formatClock,
  formatDay,
  formatDuration,
  formatExactRate,
  formatOffset,
  formatRate,
  formatRateChange,
  type TimeZone,
} from '../format';
import {
  accountValue,
  attributedValue,
  regionValue,
  serviceValue,
  typeValue,
} from '../values/logValues';
import type { LogValue } from '../values/valueMenu.svelte';
import { historyWords, rarityWords } from './explanationWords';
import type { ColumnName } from './insightColumns';
import { shortIdentity, topIdentity, typeWords } from './insightValues';

/** What a cell of the list says. */
export interface InsightCell {
  readonly text: string;
  /** Follows the text, or stands below it where rows fold. */
  readonly further?: string;
  /** The same where rows fold alone: else it has a column of its own. */
  readonly folded?: string;
  /** What the pointer is told; else the text. */
  readonly title?: string;
  /** What is copied; else the text. */
  readonly copy?: string;
  /** What can be asked for or left out. */
  readonly value?: LogValue;
}

/** Severity in a cell. Beyond 10 the number says nothing more; under three hours of logs there is none. */
export const severityText = ({ history, severity, found }: ListedInsight): string =>
  found?.by === 'AWS' || history === 'none' ? '–' : severity >= 10 ? '10+' : severity.toFixed(1);

export function severityTitle({ history, severity, found }: ListedInsight): string {
  if (found?.by === 'AWS') return 'AWS records no severity';
  if (history === 'none') return historyWords(history);
  return `Expected ${rarityWords(severity)}. ${historyWords(history)}`;
}

const rateCell = (rate: number): InsightCell => ({
  text: formatRate(rate),
  title: `${formatExactRate(rate)} a minute`,
  copy: formatExactRate(rate),
});

/** Every cell of a row but its name; `offset` stands above the times, and a time with another shows its own. */
export function cellsOf(
  insight: ListedInsight,
  zone: TimeZone,
  offset: string,
): Record<Exclude<ColumnName, 'eventName'>, InsightCell> {
  const { start, end, key, ongoing } = insight;
  const { baseline, insight: during } = insight.statistics;
  const own = formatOffset(start, zone);
  const lasts = ongoing ? 'ongoing' : formatDuration(end - start);
  const identity = topIdentity(insight);
  return {
    start: {
      text: formatDay(start, zone),
      further: formatClock(start, zone) + (own === offset ? '' : ` ${own}`),
      folded: lasts,
      title: `${formatDay(start, zone)} ${formatClock(start, zone)} ${own}, ${lasts}`,
      copy: `${formatDay(start, zone)} ${formatClock(start, zone)} ${own}`,
    },
    duration: { text: lasts },
    baselineAverage: rateCell(baseline.average),
    insightAverage: rateCell(during.average),
    rateChange: { text: formatRateChange(baseline.average, during.average) },
    severity: { text: severityText(insight), title: severityTitle(insight) },
    insightType: { text: typeWords(insight), value: typeValue(insight) },
    eventSource: { text: key.eventSource, value: serviceValue(key) },
    region: { text: key.awsRegion, value: regionValue(key) },
    account: { text: key.recipientAccountId, value: accountValue(key) },
    identity: {
      text: shortIdentity(identity),
      title: identity,
      copy: identity,
      value: identity ? attributedValue('userIdentityArn', identity) : undefined,
    },
  };
}
