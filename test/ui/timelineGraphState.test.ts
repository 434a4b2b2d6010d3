import { describe, expect, test } from 'vitest';
import { toMinute } from '../../src/core/activity/minute';
import { GraphState, type GraphInputs } from '../../src/ui/timeline/graphState.svelte';
import { minuteRowsOf } from '../../src/ui/timeline/minuteRows';
import { pictureOf } from '../../src/ui/timeline/picture';
import { graphSvg } from '../../src/core/export/report/graphSvg';
import { peakWords } from '../../src/ui/timeline/words';
import { COVERAGE, END, insightOf, keyOf, seriesOf, START } from './timelineGallery/fake';

const SPIKE = START + 12 * 1440 + 20 * 60 + 37;
const KEY = keyOf('ssm', 'UpdateInstanceInformation');
const SERIES = seriesOf(KEY, (minute) => (minute === SPIKE ? 875 : 100));
const INSIGHT = insightOf(KEY, SPIKE, SPIKE + 1, 875, 100.4227);
const LATER = insightOf(KEY, SPIKE + 60, SPIKE + 65, 300, 100.4227);

function graphOf(inputs: Partial<GraphInputs> = {}): GraphState {
  const all: GraphInputs = {
    series: SERIES,
    allCalls: null,
    others: [],
    insights: [INSIGHT, LATER],
    selected: INSIGHT,
    coverage: COVERAGE,
    timeZone: 'UTC',
    leftOut: [],
    overview: null,
    drawn: null,
    ...inputs,
  };
  const graph = new GraphState(() => all);
  graph.width = 900;
  graph.height = 260;
  return graph;
}

describe('The graph of an insight', () => {
  test('names the peak and how far it is above normal', () => {
    expect(peakWords(INSIGHT, 'UTC')).toBe('875 calls in 20:37, about 775 above normal');
  });

  test('opens with three hours around a short insight', () => {
    const { span } = graphOf().time;
    expect(span.to - span.from).toBe(180);
    expect((span.from + span.to) / 2).toBe(SPIKE + 0.5);
  });

  test('opens on all of the logs where no insight is chosen', () => {
    expect(graphOf({ selected: null }).time.span).toEqual({ from: START, to: END });
  });

  test('says what stands at the peak until somebody points elsewhere', () => {
    const graph = graphOf();
    expect(graph.readout).toMatchObject({ minute: SPIKE, calls: 875, insight: INSIGHT });
    graph.time.cursor = SPIKE + 10.4;
    expect(graph.readout).toMatchObject({ minute: SPIKE + 10, calls: 100, insight: null });
  });

  test('names the busiest minute of a column when a column holds many', () => {
    const graph = graphOf();
    graph.time.showLength(7 * 1440);
    const { minutesPerColumn } = graph.columns;
    expect(minutesPerColumn).toBeGreaterThan(1);
    graph.time.cursor = Math.floor(SPIKE / minutesPerColumn) * minutesPerColumn + 0.5;
    expect(graph.readout).toMatchObject({ minute: SPIKE, calls: 875 });
    expect(graph.peak).toBe(875);
  });

  test('finds the insight under the pointer, also where its band is thinner than a finger', () => {
    const graph = graphOf();
    graph.time.showLength(7 * 1440);
    expect(graph.insightAt(SPIKE)).toBe(INSIGHT);
    expect(graph.insightAt(SPIKE - 600)).toBeNull();
  });

  test('lies with the chosen insight on top of the others', () => {
    expect(graphOf().bands.map(({ insight }) => insight)).toEqual([LATER, INSIGHT]);
  });

  test('comes back to its first view after zooming and panning', () => {
    const graph = graphOf();
    const home = graph.time.span;
    graph.zoom(0.5);
    graph.time.pan(1);
    expect(graph.time.span).not.toEqual(home);
    expect(graph.time.isHome).toBe(false);
    graph.time.reset();
    expect(graph.time.span).toEqual(home);
  });

  test('shows the overview’s span until it is given one of its own', () => {
    const span = { from: toMinute(SPIKE - 3000), to: toMinute(SPIKE - 1000) };
    const told: boolean[] = [];
    const overview = { span, isShown: true, show: (isShown: boolean) => told.push(isShown) };
    const graph = graphOf({ overview });
    expect(graph.time.span).toEqual(span);
    expect(graph.time.isHome).toBe(false);
    graph.time.pan(0.1);
    graph.time.reset();
    expect(told).toEqual([false, false]);
    expect(graphOf({ overview: { ...overview, isShown: false } }).time.isHome).toBe(true);
  });

  test('follows the keyboard’s cursor over its edge', () => {
    const graph = graphOf();
    const { to } = graph.time.span;
    for (let i = 0; i < 100; i++) graph.moveCursor(1);
    expect(graph.time.cursor).toBe(SPIKE + 100);
    expect(graph.time.span.to).toBeGreaterThan(to);
    expect(graph.time.cursor).toBeLessThan(graph.time.span.to);
  });

  test('says that logs are missing rather than that nobody called', () => {
    const graph = graphOf();
    graph.time.show({ from: END - 60, to: END + 60 });
    graph.time.cursor = END + 5;
    expect(graph.readout.missing).toBe(true);
    expect(graph.missing).toHaveLength(1);
    graph.time.cursor = END - 5;
    expect(graph.readout.missing).toBe(false);
  });

  test('holds baseline, peak and limit within its height', () => {
    const graph = graphOf();
    const length = 24 * 60;
    graph.expected = {
      from: SPIKE - length / 2,
      level: new Float64Array(length).fill(100),
      upper: new Float64Array(length).fill(215),
    };
    expect(graph.valueAxis.top).toBeGreaterThanOrEqual(875);
    expect(graph.readout).toMatchObject({ expected: 100, limit: 215 });
    expect(graph.expectedKnown).toBe(true);
    graph.time.showLength(7 * 1440);
    expect(graph.expectedKnown).toBe(false);
  });

  test('claims nothing expected where no count could be unusual, as in too short a history', () => {
    const graph = graphOf();
    const level = new Float64Array(600);
    const upper = new Float64Array(600).fill(Infinity);
    upper.fill(50, 0, 300);
    graph.expected = { from: SPIKE - 300, level, upper };
    expect(graph.readout).toMatchObject({ minute: SPIKE, expected: null, limit: null });
    graph.time.cursor = SPIKE - 10;
    expect(graph.readout).toMatchObject({ expected: 0, limit: 50 });
    expect(graph.expectedColumns.map(({ normal }) => normal?.upper ?? null)).toContain(null);
    expect(graph.valueAxis.top).toBeLessThan(2000);
  });

  test('stands over a series without any minute', () => {
    const empty = { key: KEY, minute: new Uint32Array(), calls: new Uint32Array() };
    const graph = graphOf({ series: empty, insights: [], selected: null, coverage: undefined });
    expect(graph.peak).toBe(0);
    expect(graph.paths.peaks).toBe('');
    expect(graph.valueAxis.ticks[0]).toBe(0);
  });
});

describe('Other APIs in the graph', () => {
  const busy = seriesOf(keyOf('iam', 'AttachUserPolicy'), (minute) => (minute === SPIKE ? 50 : 0));
  const rare = seriesOf(KEY, (minute) => (minute === SPIKE ? 10 : 0));

  test('are lines with a number over their peak and a count at the minute read', () => {
    const graph = graphOf({ others: [busy, rare] });
    expect(graph.beside.others.map(({ number, series }) => [number, series])).toEqual([
      [1, busy],
      [2, rare],
    ]);
    expect(graph.beside.others[0].peak?.x).toBeCloseTo(graph.x(SPIKE + 0.5));
    expect(graph.readout.others).toEqual([50, 10]);
    expect(graph.beside.allCallsPath).toBeNull();
  });

  test('keep their numbers where all calls of an API stand behind its errors', () => {
    const graph = graphOf({ allCalls: SERIES, others: [busy] });
    expect(graph.beside.others.map(({ number }) => number)).toEqual([1]);
    expect(graph.beside.allCallsPath).not.toBeNull();
  });

  test('press the series down to a third of the height at most', () => {
    const flood = seriesOf(KEY, (minute) => (minute === SPIKE ? 1_000_000 : 0));
    expect(graphOf({ series: rare, others: [flood] }).valueAxis.top).toBeLessThanOrEqual(200);
    expect(graphOf({ series: rare, others: [flood] }).valueAxis.top).toBeGreaterThanOrEqual(30);
  });

  test('are in the picture that is saved, with the span on the screen', () => {
    const inputs = {
      series: SERIES,
      allCalls: null,
      others: [busy],
      insights: [INSIGHT, LATER],
      selected: INSIGHT,
      coverage: COVERAGE,
      timeZone: 'UTC',
      leftOut: [],
      overview: null,
      drawn: null,
    } as const;
    const picture = pictureOf(inputs, { from: SPIKE - 10.5, to: SPIKE + 10 }, null);
    expect(picture.span).toEqual({ start: SPIKE - 11, end: SPIKE + 10 });
    expect(picture.windows).toEqual([INSIGHT]);
    expect([picture.calls[11], picture.others[0].calls[11]]).toEqual([875, 50]);
    const svg = graphSvg(picture);
    expect(svg).toContain('1  iam AttachUserPolicy');
    expect(graphSvg({ ...picture, insight: null })).not.toContain('baseline');
  });
});

describe('The table of the graph', () => {
  test('lists the minutes in view, at most 500, and counts them all', () => {
    const hour = minuteRowsOf(SERIES, { from: SPIKE, to: SPIKE + 60 }, null);
    expect(hour.minutes).toBe(60);
    expect(hour.rows[0]).toEqual({
      minute: SPIKE,
      calls: 875,
      beside: [],
      expected: null,
      limit: null,
    });
    const day = minuteRowsOf(SERIES, { from: SPIKE, to: SPIKE + 1440 }, null);
    expect([day.minutes, day.rows.length]).toEqual([1440, 500]);
  });

  test('lists what stands beside the series too, also in minutes without calls of its own', () => {
    const rare = seriesOf(KEY, (minute) => (minute === SPIKE + 2 ? 3 : 0));
    const other = seriesOf(KEY, (minute) => (minute === SPIKE + 1 ? 9 : 0));
    const { minutes, rows } = minuteRowsOf(rare, { from: SPIKE, to: SPIKE + 60 }, null, [other]);
    expect(minutes).toBe(2);
    expect(rows.map(({ minute, calls, beside }) => [minute - SPIKE, calls, ...beside])).toEqual([
      [1, 0, 9],
      [2, 3, 0],
    ]);
  });
});
