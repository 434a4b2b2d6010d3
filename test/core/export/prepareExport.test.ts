import { describe, expect, it } from 'vitest';
import type { ExportForm } from '../../../src/core/export/exportForms';
import { prepareExport, type ExportChoice } from '../../../src/core/export/prepareExport';
import { VALUE_CLASSES } from '../../../src/core/export/redact/values';
import { importShared } from '../../../src/core/export/shared/importShared';
import { exampleAnalysis } from './example';

const FORMS: ExportForm[] = [
  'insightsJson',
  's3Layout',
  'eventBridge',
  'logLines',
  'metricData',
  'metricDataFilled',
  'minuteCounts',
  'insightsCsv',
  'report',
  'graph',
];

const choice = (form: ExportForm, more: Partial<ExportChoice> = {}): ExportChoice => ({
  form,
  hidden: VALUE_CLASSES,
  events: false,
  insight: exampleAnalysis().insights[0].sharedEventID,
  ...more,
});

const prepared = (form: ExportForm, more: Partial<ExportChoice> = {}) =>
  prepareExport(exampleAnalysis(), choice(form, more), [], 'Logs of 123456789012');

const textOf = (pieces: Iterable<string | Uint8Array>) =>
  Array.from(pieces, (piece) =>
    typeof piece === 'string' ? piece : new TextDecoder('latin1').decode(piece),
  ).join('');

/** Of an account, a role, a user, and a user agent. */
const TELLING = ['123456789012', 'Loop', 'mallory', 'calc'];

describe.each(FORMS)('the form %s', (form) => {
  it('holds no value of a hidden class, in its title neither', () => {
    const text = textOf(prepared(form).pieces());
    expect(text.length).toBeGreaterThan(100);
    for (const value of TELLING) expect(text).not.toContain(value);
  });

  it('holds only values that the preview tells', () => {
    const { values, pieces } = prepared(form, { hidden: [] });
    const text = textOf(pieces());
    const told = VALUE_CLASSES.flatMap((name) => values[name]).join('\n');
    const title = form === 'report' || form === 's3Layout' ? ['123456789012'] : [];
    for (const value of TELLING.filter((each) => !title.includes(each))) {
      if (text.includes(value)) expect(told).toContain(value);
    }
  });

  it('gives the same bytes again', () => {
    expect(textOf(prepared(form).pieces())).toBe(textOf(prepared(form).pieces()));
  });
});

describe('a file to share', () => {
  const read = (json: string) => importShared(json);

  it('tells which classes it hides, and keeps their pseudonyms when it is passed on again', () => {
    const json = textOf(prepared('insightsJson').pieces());
    expect(read(json).shared.redacted).toEqual(VALUE_CLASSES);
    const again = prepareExport(read(json), choice('insightsJson'), [], '');
    expect(again.alreadyRedacted).toEqual(VALUE_CLASSES);
    expect(again.pseudonyms).toEqual([]);
    expect(textOf(again.pieces())).toBe(json);
  });

  it('hides further classes when it is passed on again', () => {
    const json = textOf(prepared('insightsJson', { hidden: ['accountIds'] }).pieces());
    expect(json).toContain('mallory');
    const again = prepareExport(read(json), choice('insightsJson'), [], '');
    const text = textOf(again.pieces());
    expect(text).not.toContain('mallory');
    expect(text).toContain('900000000001');
    expect(read(text).shared.redacted).toEqual(VALUE_CLASSES);
  });

  it('says nothing of redaction in clear', () => {
    const json = textOf(prepared('insightsJson', { hidden: [] }).pieces());
    expect(json).not.toContain('"redacted"');
  });

  it('holds the chosen events, counted in the preview by class', () => {
    const [{ sharedEventID }] = exampleAnalysis().insights;
    const record = JSON.stringify({ sourceIPAddress: '203.0.113.9', eventName: 'X' });
    const events = [{ sharedEventID, leftOut: 2, records: [record] }];
    const made = prepareExport(
      exampleAnalysis(),
      choice('insightsJson', { events: true }),
      events,
      '',
    );
    expect(made.values.ipAddresses).toContain('203.0.113.9');
    const [kept] = read(textOf(made.pieces())).shared.events;
    expect(kept.leftOut).toBe(2);
    expect(kept.records[0]).not.toContain('203.0.113.9');
  });
});
