import { formatMinute } from '../../activity/minute';
import type { Analysis } from '../../analysis';
import type { Attribution } from '../../cloudtrail/insightsEvent';
import type { Insight } from '../../insights/insight';
import { toInsightsEvents } from '../../insights/toInsightsEvents';
import { inTimeOrder } from '../records';
import { toSharedAnalysis, type SharedAnalysis } from '../shared/sharedAnalysis';
import { graphOf } from './graph';
import { graphSvg } from './graphSvg';
import { escaped } from './markup';
import { STYLE, STYLE_HASH } from './style';
import {
  countWords,
  durationWords,
  explanationWords,
  kindWords,
  rateChangeWords,
  rateWords,
  timeWords,
} from './words';

/** Nothing may be loaded, run or sent: whatever stood in the logs, the report is text and lines. */
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;

/**
 * One self-contained HTML page, in pieces: a list of the insights, and for each its graph, statistics, explanation,
 * attributions and records. Opens from disk, prints, needs no script.
 */
export function* htmlReport(analysis: Analysis, title: string): Generator<string> {
  const shared = toSharedAnalysis(analysis);
  const insights = inTimeOrder(shared.insights);
  yield head(title);
  yield summary(shared, insights, title);
  for (const [index, insight] of insights.entries()) yield section(shared, insight, index + 1);
  yield '</body>\n</html>\n';
}

const head = (title: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
`;

type Cell = string | { readonly number: string } | { readonly markup: string };

/** Cells are escaped here and nowhere else; `markup` is for what this file itself made. */
function table(header: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const row = (cells: readonly Cell[], tag: 'th' | 'td') =>
    `<tr>${cells.map((cell) => cellMarkup(cell, tag)).join('')}</tr>\n`;
  return `<table>\n<thead>${row(header, 'th')}</thead>\n<tbody>\n${rows
    .map((cells) => row(cells, 'td'))
    .join('')}</tbody>\n</table>\n`;
}

function cellMarkup(cell: Cell, tag: 'th' | 'td'): string {
  if (typeof cell === 'string') return `<${tag}>${escaped(cell)}</${tag}>`;
  if ('markup' in cell) return `<${tag}>${cell.markup}</${tag}>`;
  return `<${tag} class="n">${escaped(cell.number)}</${tag}>`;
}

const number = (text: string) => ({ number: text });

function summary(
  { coverage, ledger, settings }: SharedAnalysis,
  insights: readonly Insight[],
  title: string,
): string {
  const starts = coverage.map(({ start }) => start).sort((a, b) => a - b);
  const ends = coverage.map(({ end }) => end).sort((a, b) => b - a);
  const span = starts.length > 0 ? `${timeWords(starts[0])} to ${timeWords(ends[0])}, ` : '';
  const { records } = ledger;
  const facts = `${span}${countWords(records.in)} events, ${countWords(records.counted)} counted, ${countWords(insights.length)} insights at severity ${settings.severity}.`;
  const rows = insights.map((insight, index): Cell[] => [
    { markup: `<a href="#i${index + 1}">${escaped(insight.key.eventName)}</a>` },
    kindWords(insight),
    insight.key.eventSource,
    insight.key.awsRegion,
    timeWords(insight.start),
    number(rateWords(insight.statistics.baseline.average)),
    number(rateWords(insight.statistics.insight.average)),
    number(rateChangeWords(insight)),
  ]);
  const header = [
    'API',
    'Insight',
    'Event source',
    'Region',
    'Start',
    number('Baseline average'),
    number('Insight average'),
    number('Rate change'),
  ];
  return `<h1>${escaped(title)}</h1>\n<p class="muted">${escaped(facts)}</p>\n${table(header, rows)}`;
}

function section(analysis: SharedAnalysis, insight: Insight, position: number): string {
  const { key, statistics, start, end, ongoing } = insight;
  const facts: Cell[][] = [
    ['Account, Region', `${key.recipientAccountId}, ${key.awsRegion}`],
    ['Event source', key.eventSource],
    ...(key.errorCode ? [['Error code', key.errorCode]] : []),
    ['Start', timeWords(start)],
    ['End', ongoing ? 'still open at the end of the logs' : timeWords(end)],
    ['Duration', durationWords(statistics.insightDuration)],
    ['Insight average', `${rateWords(statistics.insight.average)} per minute`],
    [
      'Baseline average',
      `${rateWords(statistics.baseline.average)} per minute over ${durationWords(statistics.baselineDuration)}`,
    ],
    ['Severity', rateWords(Number(insight.severity.toFixed(2)))],
    ['Shared event ID', insight.sharedEventID],
  ];
  const records = toInsightsEvents(insight).map((record) => JSON.stringify(record, null, 2));
  return `<section id="i${position}">
<h2>${escaped(`${key.eventName}${key.errorCode ? ` · ${key.errorCode}` : ''}`)}</h2>
<p class="muted">${escaped(`${kindWords(insight)} · ${formatMinute(start)}`)}</p>
${explanationWords(insight)
  .map((sentence) => `<p>${escaped(sentence)}</p>`)
  .join('\n')}
${graphSvg(graphOf(analysis, insight))}
${table(['Fact', 'Value'], facts)}${insight.attributions.map(attributionTable).join('')}<details><summary>Insights records</summary>
<pre>${escaped(records.join('\n'))}</pre>
</details>
</section>
`;
}

const ATTRIBUTE_WORDS = {
  userIdentityArn: 'User identity ARNs',
  userAgent: 'User agents',
  errorCode: 'Error codes',
};

/** As AWS's console: values of the insight with their average before, then those that only the baseline has. */
function attributionTable({ attribute, insight, baseline }: Attribution): string {
  const before = new Map(baseline.map(({ value, average }) => [value, average]));
  const during = new Map(insight.map(({ value, average }) => [value, average]));
  const values = [...new Set([...during.keys(), ...before.keys()])];
  const rows = values.map((value): Cell[] => [
    value === 'null' ? 'None' : value,
    number(averageWords(during, value)),
    number(averageWords(before, value)),
  ]);
  const header = [
    ATTRIBUTE_WORDS[attribute],
    number('Insight average'),
    number('Baseline average'),
  ];
  return table(header, rows);
}

/** A value that is not among the top five may have any smaller rate; where fewer are listed, it has none. */
function averageWords(averages: ReadonlyMap<string, number>, value: string): string {
  const average = averages.get(value);
  if (average !== undefined) return rateWords(average);
  return averages.size < 5 ? '0' : '–';
}
