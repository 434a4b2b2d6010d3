import { escaped } from './markup';
import type { Insight } from '../../insights/insight';
import type { MinuteSpan } from '../../insights/statistics';
import type { Graph } from './graph';
import {
  BASE,
  HEIGHT,
  INK,
  LEFT,
  LINE_HEIGHT,
  MUTED,
  PLOT,
  RIGHT,
  TOP,
  WIDTH,
  highestOf,
  px,
  scalesOf,
  timeTicks,
  valueTicks,
  type Scales,
} from './graphAxes';
import { kindWords, rateWords, timeWords } from './words';

const MISSING = '#c9ced6';
const EXPECTED = '#dbe3ee';
const CALLS = '#4b5a70';
const BASELINE = '#1f5fd0';

const colourOf = ({ direction, insightType }: Graph['windows'][number]): string => {
  if (direction === 'below') return '#0f766e';
  return insightType === 'ApiErrorRateInsight' ? '#a21caf' : '#c2410c';
};
/** Further series are told apart by their dashes and the number over their peaks. */
const DASHES = ['none', '5 2', '1 2', '6 2 1 2', '2 4'];

/** The graph of an insight as a whole SVG file: no style sheet, no script, no reference to anything outside. */
export function graphSvg(graph: Graph): string {
  const scales = scalesOf(graph);
  const { key, insight } = graph;
  const title = `${key.eventName}${key.errorCode ? ` ${key.errorCode}` : ''}`;
  const about = insight
    ? `${title}: ${kindWords(insight)}, ${timeWords(insight.start)}`
    : `${title}, ${key.awsRegion}`;
  const height = HEIGHT + graph.others.length * LINE_HEIGHT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escaped(about)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    headLine(graph, title),
    ...graph.missing.map(({ start, end }) => column(scales, start, end, MISSING, 0.6)),
    expectedArea(graph, scales),
    ...graph.windows.map((window) =>
      column(scales, window.start, window.end, colourOf(window), 0.16),
    ),
    ...valueTicks(scales),
    callsPath(graph, scales),
    ...graph.others.map((other, i) => otherLine(graph.span, other, i, scales)),
    baselineLine(graph, scales),
    ...graph.windows.map((window) => topMark(scales, window, colourOf(window))),
    ...timeTicks(graph, scales),
    '</svg>',
  ]
    .filter(Boolean)
    .join('\n');
}

function headLine({ insight, key }: Graph, title: string): string {
  const unit = `${key.errorCode ? 'errors' : 'calls'} per minute`;
  const words = insight ? insightWords(insight, unit) : unit;
  return [
    `<text x="${LEFT}" y="18" fill="${INK}" font-weight="600">${escaped(title)}</text>`,
    `<text x="${WIDTH - RIGHT}" y="18" fill="${MUTED}" text-anchor="end">${escaped(words)}</text>`,
  ].join('\n');
}

function insightWords(insight: Insight, unit: string): string {
  const { statistics } = insight;
  return `${kindWords(insight)} · ${unit} · insight ${rateWords(statistics.insight.average)}, baseline ${rateWords(statistics.baseline.average)}`;
}

function column(scales: Scales, start: number, end: number, fill: string, opacity: number): string {
  const from = Math.max(LEFT, scales.x(start));
  const to = Math.min(LEFT + PLOT, Math.max(from + 1, scales.x(end)));
  return `<rect x="${px(from)}" y="${TOP}" width="${px(to - from)}" height="${BASE - TOP}" fill="${fill}" fill-opacity="${opacity}"/>`;
}

/** Where an insight is, in its full colour however narrow it is. */
function topMark(scales: Scales, { start, end }: MinuteSpan, fill: string): string {
  const from = Math.max(LEFT, scales.x(start));
  const to = Math.min(LEFT + PLOT, Math.max(from + 3, scales.x(end)));
  return `<rect x="${px(from)}" y="${TOP - 5}" width="${px(to - from)}" height="4" fill="${fill}"/>`;
}

/** From nothing to what would still have been normal; minutes without a limit break it. */
function expectedArea({ span, expected }: Graph, { x, y }: Scales): string {
  let path = '';
  for (let i = 0; i < expected.upper.length; i++) {
    const limit = expected.upper[i];
    if (!Number.isFinite(limit)) continue;
    const isNew = i === 0 || expected.upper[i - 1] !== limit;
    if (!isNew) continue;
    let last = i;
    while (expected.upper[last + 1] === limit) last++;
    const [from, to] = [px(x(span.start + i)), px(x(span.start + last + 1))];
    path += `M${from} ${BASE}V${px(y(limit))}H${to}V${BASE}Z`;
  }
  return path && `<path d="${path}" fill="${EXPECTED}"><title>expected range</title></path>`;
}

/** A step per minute; where minutes are narrower than a pixel, the busiest of each pixel, so that no spike is lost. */
function stepsOf(span: MinuteSpan, calls: Uint32Array, { x, y }: Scales): string {
  const perColumn = Math.max(1, Math.ceil(calls.length / PLOT));
  let path = `M${px(x(span.start))} ${BASE}`;
  let drawn = 0;
  for (let i = 0; i < calls.length; i += perColumn) {
    const busiest = highestOf(calls.subarray(i, i + perColumn));
    if (busiest !== drawn) path += `H${px(x(span.start + i))}V${px(y(busiest))}`;
    drawn = busiest;
  }
  return `${path}H${px(x(span.end))}V${BASE}`;
}

const callsPath = ({ span, calls }: Graph, scales: Scales): string =>
  `<path d="${stepsOf(span, calls, scales)}Z" fill="${CALLS}" fill-opacity="0.35" stroke="${CALLS}" stroke-width="1"/>`;

function otherLine(
  span: MinuteSpan,
  { name, calls }: Graph['others'][number],
  index: number,
  scales: Scales,
): string {
  const line = `<path d="${stepsOf(span, calls, scales)}" fill="none" stroke="${INK}" stroke-width="1" stroke-dasharray="${DASHES[index % DASHES.length]}"><title>${escaped(name)}</title></path>`;
  const peak = highestOf(calls);
  const at = px(scales.x(span.start + calls.indexOf(peak) + 0.5));
  const number = `<text x="${at}" y="${px(scales.y(peak) - 4)}" fill="${INK}" text-anchor="middle">${index + 1}</text>`;
  const legend = `<text x="${LEFT}" y="${HEIGHT - 6 + (index + 1) * LINE_HEIGHT}" fill="${MUTED}">${escaped(`${index + 1}  ${name}`)}</text>`;
  return [line, peak > 0 ? number : '', legend].join('\n');
}

function baselineLine({ insight }: Graph, { y }: Scales): string {
  if (insight === null) return '';
  const { average } = insight.statistics.baseline;
  const at = px(y(average));
  return `<path d="M${LEFT} ${at}H${LEFT + PLOT}" stroke="${BASELINE}" stroke-width="1" stroke-dasharray="6 4" fill="none"><title>${escaped(`baseline ${rateWords(average)} per minute`)}</title></path>`;
}
