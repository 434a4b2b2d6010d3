import { formatMinute, toMinute, type Minute } from '../../activity/minute';
import { escaped } from './markup';
import type { Insight } from '../../insights/insight';
import type { MinuteSpan } from '../../insights/statistics';
import type { Graph } from './graph';
import { countWords, kindWords, rateWords, timeWords } from './words';

const WIDTH = 960;
const HEIGHT = 300;
const LEFT = 56;
const RIGHT = 12;
const TOP = 34;
const BOTTOM = 40;
const LINE_HEIGHT = 16;
/** Further series may press the graph's own down to this part of the height. */
const BESIDE = 3;
const PLOT = WIDTH - LEFT - RIGHT;
const BASE = HEIGHT - BOTTOM;

const INK = '#15181d';
const MUTED = '#59626f';
const LINE = '#d9dde3';
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

/** The scales of one graph: minutes and calls to pixels. */
interface Scales {
  readonly x: (minute: number) => number;
  readonly y: (calls: number) => number;
  readonly top: number;
  readonly step: number;
}

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

function scalesOf({ span, calls, expected, insight, others }: Graph): Scales {
  const own = Math.max(1, highestOf(calls));
  const beside = Math.max(0, ...others.map((other) => highestOf(other.calls)));
  const peak = Math.max(own, Math.min(beside, own * BESIDE));
  const limit = expected.upper.reduce(
    (most, count) => (count < Infinity ? Math.max(most, count) : most),
    0,
  );
  const baseline = insight?.statistics.baseline.average ?? 0;
  const highest = Math.max(peak, baseline, Math.min(limit, peak * 2), 4);
  const step = roundStep(highest / 4);
  const top = Math.ceil((highest * 1.02) / step) * step;
  return {
    x: (minute) => LEFT + ((minute - span.start) / (span.end - span.start)) * PLOT,
    y: (count) => BASE - (Math.min(count, top) / top) * (BASE - TOP),
    top,
    step,
  };
}

/** 1, 2 or 5 times a power of ten: calls are whole, so never less than 1. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least) ?? 10 * power;
}

const px = (value: number): string => String(Math.round(value * 10) / 10);

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

const highestOf = (calls: Uint32Array): number =>
  calls.reduce((most, count) => Math.max(most, count), 0);

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

function valueTicks({ y, top, step }: Scales): string[] {
  const ticks: string[] = [];
  for (let count = 0; count <= top; count += step) {
    const at = px(y(count));
    ticks.push(
      `<path d="M${LEFT} ${at}H${LEFT + PLOT}" stroke="${LINE}" fill="none"/>`,
      `<text x="${LEFT - 6}" y="${px(y(count) + 4)}" fill="${MUTED}" text-anchor="end">${countWords(count)}</text>`,
    );
  }
  return ticks;
}

/** Minutes between ticks; the first that gives at most eight of them. */
const TIME_STEPS = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 43_200];

function timeTicks({ span }: Graph, { x }: Scales): string[] {
  const length = span.end - span.start;
  const step = TIME_STEPS.find((each) => length / each <= 8) ?? Math.ceil(length / 8);
  const ticks: string[] = [];
  for (let minute = Math.ceil(span.start / step) * step; minute < span.end; minute += step) {
    const at = px(x(minute));
    const iso = formatMinute(toMinute(minute));
    const label = step >= 1440 ? iso.slice(0, 10) : iso.slice(11, 16);
    ticks.push(
      `<path d="M${at} ${BASE}V${BASE + 4}" stroke="${MUTED}" fill="none"/>`,
      `<text x="${at}" y="${BASE + 17}" fill="${MUTED}" text-anchor="middle">${label}</text>`,
    );
  }
  const days = `${dayOf(span.start)} … ${dayOf(span.end)} UTC`;
  ticks.push(`<text x="${LEFT}" y="${HEIGHT - 6}" fill="${MUTED}">${days}</text>`);
  return ticks;
}

const dayOf = (minute: Minute): string => formatMinute(minute).slice(0, 16).replace('T', ' ');
