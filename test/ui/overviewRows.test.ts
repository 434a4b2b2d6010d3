import { describe, expect, test } from 'vitest';
import { inOrder, overviewLines } from '../../src/ui/overview/lines';
import { narrowedRows, overviewRows } from '../../src/ui/overview/rows';
import type { Insight } from '../../src/core/insights/insight';
import { seriesId } from '../../src/ui/seriesId';
import { OverviewState } from '../../src/ui/overview/overviewState.svelte';
import { fakeAnalysis } from './overviewGallery/fakeAnalysis';
import { insightOf, keyOf, seriesOf, START } from './timelineGallery/fake';

const QUIET = keyOf('iam', 'AttachRolePolicy');
const BUSY = keyOf('ssm', 'UpdateInstanceInformation');
const ERRORS = keyOf('ssm', 'DeleteParameter', 'ThrottlingException');
const NONE = new Set<string>();

const rows = overviewRows(
  [
    seriesOf(BUSY, () => 100),
    seriesOf(ERRORS, (minute) => Number(minute % 60 === 0)),
    seriesOf(QUIET, (minute) => Number(minute === START)),
  ],
  [
    { ...insightOf(QUIET, START + 500, START + 501, 1, 0), severity: 3 },
    { ...insightOf(ERRORS, START + 90, START + 91, 9, 0), severity: 3.5 },
    { ...insightOf(ERRORS, START + 60, START + 61, 9, 0), severity: 5 },
  ],
);
const names = (ordered: readonly { key: { eventName: string } }[]): string[] =>
  ordered.map(({ key }) => key.eventName);

describe('The rows of the overview', () => {
  test('hold their insights in order of time', () => {
    const errors = rows.find(({ id }) => id === seriesId(ERRORS));
    expect(errors?.insights.map(({ start }) => start - START)).toEqual([60, 90]);
    expect(errors?.severity).toBe(5);
    expect(errors?.words).toBe('ssm DeleteParameter · ThrottlingException');
  });

  test('are narrowed to those with insights that pass, and to others that are shown anyway', () => {
    const [quiet] = rows.find(({ id }) => id === seriesId(QUIET))!.insights;
    const [early, late] = rows.find(({ id }) => id === seriesId(ERRORS))!.insights;
    const none = () => false;
    const isBusy = (key: typeof BUSY) => key.eventName === BUSY.eventName;
    const narrowedTo = (insights: readonly Insight[], shownAnyway: typeof isBusy = none) =>
      narrowedRows(rows, { insights, shownAnyway });
    expect(names(narrowedTo([quiet]))).toEqual([QUIET.eventName]);
    expect(names(narrowedTo([quiet], isBusy))).toEqual([BUSY.eventName, QUIET.eventName]);
    expect(narrowedTo([late])).toEqual([
      { ...rows.find(({ id }) => id === seriesId(ERRORS)), insights: [late], severity: 3.5 },
    ]);
    expect(narrowedTo([early, late])[0]).toBe(rows.find(({ id }) => id === seriesId(ERRORS)));
  });

  test('stand most unusual first, or by calls, by first insight, by name', () => {
    const [quiet, busy, errors] = names([{ key: QUIET }, { key: BUSY }, { key: ERRORS }]);
    expect(names(inOrder(rows, 'severity'))).toEqual([errors, quiet, busy]);
    expect(names(inOrder(rows, 'calls'))).toEqual([busy, errors, quiet]);
    expect(names(inOrder(rows, 'first insight'))).toEqual([errors, quiet, busy]);
    expect(names(inOrder(rows, 'name'))).toEqual([quiet, errors, busy]);
  });

  test('stand under the heading of their group, which closes', () => {
    const kinds = (closed: ReadonlySet<string>): string[] =>
      overviewLines(inOrder(rows, 'name'), 'service', NONE, closed).map((line) =>
        line.kind === 'group'
          ? `${line.name} ${line.rows} ${line.insights}`
          : line.row.key.eventName,
      );
    expect(kinds(NONE)).toEqual([
      'iam 1 1',
      'AttachRolePolicy',
      'ssm 2 2',
      'DeleteParameter',
      'UpdateInstanceInformation',
    ]);
    expect(kinds(new Set(['group ssm']))).toEqual(['iam 1 1', 'AttachRolePolicy', 'ssm 2 2']);
  });

  test('stand on top and once when pinned', () => {
    const lines = overviewLines(rows, 'service', new Set([seriesId(QUIET)]), NONE);
    expect(lines[0]).toMatchObject({ kind: 'row', id: seriesId(QUIET), pinned: true });
    expect(lines.filter(({ id }) => id === seriesId(QUIET))).toHaveLength(1);
  });

  test('keep names out of logs apart, whatever they contain', () => {
    const tricky = { ...QUIET, awsRegion: '__proto__', eventName: '","' };
    const other = { ...QUIET, awsRegion: '__proto__","', eventName: '' };
    expect(seriesId(tricky)).not.toBe(seriesId(other));
    expect(overviewRows([seriesOf(tricky, () => 1)], [])[0].insights).toEqual([]);
  });
});

describe('The overview', () => {
  const analysis = fakeAnalysis(40, 3, 4);
  const overview = (): OverviewState => {
    const state = new OverviewState(() => ({ analysis, selected: null, timeZone: 'UTC' }));
    state.width = 600;
    state.height = 260;
    return state;
  };

  test('shows all of the logs at first, and only the lines in view', () => {
    const state = overview();
    expect(state.zoomed).toBe(false);
    expect(state.lines).toHaveLength(40);
    expect(state.visible).toHaveLength(10);
    state.scrollTop = 13;
    expect(state.visible).toHaveLength(11);
  });

  test('zooms and pans within the logs and comes back to all of them', () => {
    const state = overview();
    const { from, to } = state.archive;
    state.zoom(0.5);
    expect(state.span.to - state.span.from).toBe((to - from) / 2);
    state.pan(9);
    expect(state.span.to).toBe(to);
    state.zoom(8);
    expect(state.zoomed).toBe(false);
  });

  test('finds the insight at its mark, and reads the busiest minute of a cell', () => {
    const state = overview();
    const line = state.lines[0];
    if (line.kind !== 'row') throw new Error('the first line is a row');
    const [insight] = line.row.insights;
    const [mark] = state.marksOf(line.row);
    expect(state.insightAt(mark.x + 3, 5)).toBe(insight);
    expect(state.insightAt(mark.x + 100, 5)).toBeNull();
    state.pointer = { x: state.x(insight.explanation.peakMinute + 0.5), y: 5 };
    expect(state.cell?.calls).toBe(insight.explanation.peakCalls);
  });

  test('scrolls just as far as the keyboard’s line needs', () => {
    const state = overview();
    expect(state.moveTo(3)).toBe(0);
    expect(state.moveTo(10)).toBe(26);
    state.scrollTop = 26;
    expect(state.moveTo(0)).toBe(0);
    state.moveTo(1000);
    expect(state.active).toBe(39);
  });
});
