import { describe, expect, it } from 'vitest';
import { HourState, type ScopeHours } from '../../../src/core/activity/coverageMap';
import {
  cellOf,
  columnsOf,
  hoursPerColumn,
  movedPlace,
  strengthOf,
} from '../../../src/ui/ledger/coverageCells';
import { cellWords } from '../../../src/ui/ledger/coverageWords';

const scope: ScopeHours = {
  recipientAccountId: '1',
  awsRegion: 'r',
  events: Uint32Array.of(5, 0, 7, 0, 1),
  files: Uint32Array.of(1, 0, 2, 0, 1),
  lost: Uint32Array.of(0, 0, 0, 1, 0),
  state: Uint8Array.of(2, 1, 3, 5, 2),
};

describe('columns of the coverage map', () => {
  it.each([
    [24, 1000, 1],
    [24 * 31, 1000, 3],
    [24 * 731, 1000, 96],
    [24 * 731, 300, 336],
  ])('of %i hours on %i pixels are %i hours each', (hours, width, step) => {
    expect(hoursPerColumn(hours, width)).toBe(step);
  });

  it('begin at whole days where they are days', () => {
    const map = { firstHour: 24 * 100 + 7, hours: 48, scopes: [] };
    expect(columnsOf(map, 24)).toEqual([2400, 2424, 2448]);
    expect(columnsOf({ ...map, hours: 0 }, 24)).toEqual([]);
  });

  it('add up their hours and show the worst of them', () => {
    expect(cellOf(scope, 10, 9, 3)).toEqual({
      from: 10,
      to: 12,
      events: 5,
      files: 1,
      lost: 0,
      state: HourState.covered,
      hoursMissing: 0,
    });
    expect(cellOf(scope, 10, 12, 3)).toMatchObject({
      from: 12,
      to: 15,
      events: 8,
      lost: 1,
      state: HourState.lost,
      hoursMissing: 2,
    });
  });

  it('are darker the more events they have, and empty without any', () => {
    const strengths = [0, 1, 10, 100, 1000].map((events) => strengthOf(events, 1000));
    expect(strengths).toEqual(strengths.toSorted((a, b) => a - b));
    expect([strengths[0], strengths[4]]).toEqual([0, 1]);
  });
});

describe('the coverage map by keyboard', () => {
  it.each([
    ['ArrowRight', null, { row: 0, column: 0 }],
    ['ArrowLeft', null, { row: 0, column: 9 }],
    ['ArrowUp', { row: 0, column: 4 }, { row: 0, column: 4 }],
    ['ArrowDown', { row: 0, column: 4 }, { row: 1, column: 4 }],
    ['Home', { row: 1, column: 4 }, { row: 1, column: 0 }],
    ['End', { row: 1, column: 4 }, { row: 1, column: 9 }],
    ['Enter', { row: 1, column: 4 }, null],
  ])('%s leads from %o to %o', (key, from, to) => {
    expect(movedPlace(key, from, 2, 10)).toEqual(to);
  });

  it('tells of a cell what it holds and what of it is missing', () => {
    const cell = { from: 0, to: 3, events: 1, files: 2, lost: 1, hoursMissing: 2 };
    expect(cellWords({ ...cell, state: HourState.missing }, 'UTC')).toMatch(
      / · 1 event · 2 files · 1 file could not be read · logs missing in 2 hours$/,
    );
    expect(cellWords({ ...cell, lost: 0, state: HourState.covered }, 'UTC')).toMatch(/ · 2 files$/);
  });
});
