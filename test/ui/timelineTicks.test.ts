import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeTicks, timeTicksOf } from '../../src/ui/timeline/timeTicks';
import { valueAxisOf } from '../../src/ui/timeline/valueTicks';

const at = (iso: string): number => Date.parse(iso) / 60_000;
const labels = (from: string, to: string, zone: 'UTC' | 'local'): string[] =>
  timeTicksOf({ from: at(from), to: at(to) }, 480, zone).map(({ label, context }) =>
    context === '' ? label : `${label} ${context}`,
  );

describe('The time axis', () => {
  test('names the day once, and again where it changes', () => {
    expect(labels('2019-11-01T22:30Z', '2019-11-02T01:30Z', 'UTC')).toEqual([
      '22:30 Fri 1 Nov 2019',
      '23:00',
      '23:30',
      '00:00 Sat 2 Nov 2019',
      '00:30',
      '01:00',
      '01:30',
    ]);
  });

  test('has its midnight where the local clock has it', () => {
    expect(labels('2019-11-01T05:30Z', '2019-11-01T08:30Z', 'local')[3]).toBe(
      '00:00 Fri 1 Nov 2019',
    );
  });

  test('counts days through a change of the clock, local midnight to local midnight', () => {
    const days = labels('2019-11-01T07:00Z', '2019-11-06T08:00Z', 'local');
    expect(days).toEqual(['Fri 1 November 2019', 'Sat 2', 'Sun 3', 'Mon 4', 'Tue 5', 'Wed 6']);
  });

  test('names months over a year', () => {
    const months = labels('2019-11-15T00:00Z', '2020-03-15T00:00Z', 'UTC');
    expect(months).toEqual(['Dec 2019', 'Jan 2020', 'Feb', 'Mar']);
  });

  test('leaves a date out that would run into the next one', () => {
    const ticks = [
      { minute: 0, label: '23:00', context: 'Fri 1 Nov 2019' },
      { minute: 60, label: '00:00', context: 'Sat 2 Nov 2019' },
    ];
    const contexts = (pixelsPerMinute: number): string[] =>
      placeTicks(ticks, (minute) => minute * pixelsPerMinute, 600).map((tick) => tick.context);
    expect(contexts(1)).toEqual(['', 'Sat 2 Nov 2019']);
    expect(contexts(3)).toEqual(['Fri 1 Nov 2019', 'Sat 2 Nov 2019']);
  });

  test('has two ticks at least, however narrow it is: one alone tells no distance', () => {
    const twoWeeks = { from: at('2026-01-12T00:00Z'), to: at('2026-01-26T00:00Z') };
    expect(timeTicksOf(twoWeeks, 150, 'UTC').length).toBeGreaterThan(1);
  });

  test('leaves out words that would run into the ones before', () => {
    const hours = Array.from({ length: 4 }, (_, i) => ({
      minute: 60 * i,
      label: `0${i}:00`,
      context: '',
    }));
    const placed = (perMinute: number, width: number) =>
      placeTicks(hours, (minute) => minute * perMinute, width).map(({ label }) => label);
    expect(placed(1, 400)).toEqual(['00:00', '01:00', '02:00', '03:00']);
    expect(placed(0.8, 145)).toEqual(['00:00', '', '02:00', '']);
    expect(placed(0.6, 400)).toEqual(['00:00', '', '02:00', '']);
  });

  test('keeps its dates within the picture', () => {
    const ticks = [
      { minute: 0, label: '23:00', context: 'Fri 1 Nov 2019' },
      { minute: 60, label: '00:00', context: 'Sat 2 Nov 2019' },
    ];
    const placed = placeTicks(ticks, (minute) => minute * 10, 600);
    expect(placed.map(({ at }) => at)).toEqual([0, 600]);
    expect(placed[0].contextAt).toBe(0);
    expect(placed[1].contextAt).toBeLessThan(500);
  });
});

describe('The value axis', () => {
  test('holds the peak and the baseline, with ticks at whole numbers', () => {
    const any = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(
        any,
        any,
        any,
        fc.integer({ min: 100, max: 400 }),
        (peak, base, limit, pixels) => {
          const { top, ticks } = valueAxisOf(peak, base, limit, pixels);
          expect(top).toBeGreaterThanOrEqual(Math.max(peak, base));
          expect(ticks.every(Number.isInteger)).toBe(true);
          expect(ticks[0]).toBe(0);
        },
      ),
    );
  });

  test('does not let a far limit press the calls below a third of the height', () => {
    expect(valueAxisOf(10, 1, 100_000, 240).top).toBeLessThanOrEqual(30);
    expect(valueAxisOf(10, 1, 15, 240).top).toBeGreaterThanOrEqual(15);
  });
});
