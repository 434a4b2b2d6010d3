import { formatMinute, toMinute, type Minute } from '../../activity/minute';
import { escaped } from './markup';
import type { MinuteSpan } from '../../insights/statistics';
import type { Graph } from './graph';
import { countWords, kindWords, rateWords, timeWords } from './words';

const WIDTH = 960;
const HEIGHT = 300;
const LEFT = 56;
const RIGHT = 12;
const TOP = 34;
const BOTTOM = 40;
const PLOT = WIDTH - LEFT - RIGHT;
const BASE = HEIGHT - BOTTOM;

const INK = '#15181d';
const MUTED = '#59626f';
const LINE = '#d9dde3';
const MISSING = '#c9ced6';
const EXPECTED = '#dbe3ee';
const CALLS = '#4b5a70';
const BASELINE = '#1f5fd0';

const colourOf = ({ insight }: Graph): string => {
  if (insight.direction === 'below') return '#0f766e';
  return insight.insightType === 'ApiErrorRateInsight' ? '#a21caf' : '#c2410c';
};

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
  const { key } = graph.insight;
  const title = `${key.eventName}${key.errorCode ? ` ${key.errorCode}` : ''}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escaped(`${title}: ${kindWords(graph.insight)}, ${timeWords(graph.insight.start)}`)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    headLine(graph, title),
    ...graph.missing.map(({ start, end }) => column(scales, start, end, MISSING, 0.6)),
    expectedArea(graph, scales),
    ...graph.windows.map(({ start, end }) => column(scales, start, end, colourOf(graph), 0.16)),
    ...valueTicks(scales),
    callsPath(graph, scales),
    baselineLine(graph, scales),
    ...graph.windows.map((window) => topMark(scales, window, colourOf(graph))),
    ...timeTicks(graph, scales),
    '</svg>',
  ]
    .filter(Boolean)
    .join('\n');
}

function scalesOf({ span, calls, expected, insight }: Graph): Scales {
  const peak = calls.reduce((most, count) => Math.max(most, count), 1);
  const limit = expected.upper.reduce(
    (most, count) => (count < Infinity ? Math.max(most, count) : most),
    0,
  );
  const highest = Math.max(peak, insight.statistics.baseline.average, Math.min(limit, peak * 2), 4);
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

function headLine({ insight }: Graph, title: string): string {
  const { statistics, key } = insight;
  const unit = key.errorCode ? 'errors' : 'calls';
  const words = `${kindWords(insight)} · ${unit} per minute · insight ${rateWords(statistics.insight.average)}, baseline ${rateWords(statistics.baseline.average)}`;
  return [
    `<text x="${LEFT}" y="18" fill="${INK}" font-weight="600">${escaped(title)}</text>`,
    `<text x="${WIDTH - RIGHT}" y="18" fill="${MUTED}" text-anchor="end">${escaped(words)}</text>`,
  ].join('\n');
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
function callsPath({ span, calls }: Graph, { x, y }: Scales): string {
  const perColumn = Math.max(1, Math.ceil(calls.length / PLOT));
  let path = `M${px(x(span.start))} ${BASE}`;
  let drawn = 0;
  for (let i = 0; i < calls.length; i += perColumn) {
    const busiest = calls
      .subarray(i, i + perColumn)
      .reduce((most, count) => Math.max(most, count), 0);
    if (busiest !== drawn) path += `H${px(x(span.start + i))}V${px(y(busiest))}`;
    drawn = busiest;
  }
  path += `H${px(x(span.end))}V${BASE}Z`;
  return `<path d="${path}" fill="${CALLS}" fill-opacity="0.35" stroke="${CALLS}" stroke-width="1"/>`;
}

function baselineLine({ insight }: Graph, { y }: Scales): string {
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
