import fc from 'fast-check';
import { unzipSync, gunzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../../src/core/analysis';
import { logLines, putEventsLines } from '../../../src/core/export/deliveries';
import { insightsCsv } from '../../../src/core/export/insightsCsv';
import { insightsJson } from '../../../src/core/export/insightsJson';
import { metricDataJson } from '../../../src/core/export/metricData';
import { minuteCountsCsv } from '../../../src/core/export/minuteCounts';
import { decodingsOf } from '../../../src/core/export/redact/decodings';
import { keyMapJson, parseKeyMap, restore } from '../../../src/core/export/redact/keyMap';
import { KnownValues } from '../../../src/core/export/redact/knownValues';
import { mapRecordText } from '../../../src/core/export/redact/mapRecord';
import { Pseudonyms } from '../../../src/core/export/redact/pseudonyms';
import { redact, valuesByClass } from '../../../src/core/export/redact/redact';
import { VALUE_CLASSES, type ValueClass } from '../../../src/core/export/redact/values';
import { graphOf } from '../../../src/core/export/report/graph';
import { graphSvg } from '../../../src/core/export/report/graphSvg';
import { htmlReport } from '../../../src/core/export/report/htmlReport';
import { s3LayoutZip } from '../../../src/core/export/s3Layout';
import { importShared } from '../../../src/core/export/shared/importShared';
import {
  toSharedAnalysis,
  type SharedAnalysis,
} from '../../../src/core/export/shared/sharedAnalysis';
import { RefusedJson } from '../../../src/core/foreignJson';
import type { Json, JsonObject } from '../../support/recordBuilder';
import { emptyAnalysis, exampleAnalysis, minutesAfter, SPIKE } from './example';
import { readRealLogs, REAL_LOGS } from './realLogs';

const ALL = new Set(VALUE_CLASSES);

/** Every export of an analysis as text, file names included. */
function allExports(analysis: SharedAnalysis): Record<string, string> {
  const { insights, table, coverage } = analysis;
  const zip = Object.entries(unzipSync(s3LayoutZip(insights)));
  const text = new TextDecoder();
  return {
    'Insights JSON': insightsJson(analysis),
    'zip in S3 layout': zip.map(([name, file]) => name + text.decode(gunzipSync(file))).join('\n'),
    'EventBridge entries': putEventsLines(insights),
    'log lines': logLines(insights),
    'minute counts': [...minuteCountsCsv(table)].join(''),
    'metric data': [...metricDataJson(table, coverage, 'NonZeroData')].join(''),
    'insights list': insightsCsv(insights),
    'HTML report': [...htmlReport(analysis, 'Report')].join(''),
    'SVG graphs': insights.map((each) => graphSvg(graphOf(analysis, each))).join('\n'),
    ledger: JSON.stringify(analysis.ledger),
  };
}

describe.skipIf(!REAL_LOGS)('redaction of a real trail', () => {
  const { analysis, records } = readRealLogs();
  const values = privateValues(records);
  const clear = Object.values(allExports(analysis)).join('\n');
  const redacted = redact(analysis, ALL);
  const exports = allExports(redacted.analysis);

  it('has something to hide in every class', () => {
    const found = valuesByClass(analysis);
    for (const name of VALUE_CLASSES) expect(found[name].length, name).toBeGreaterThan(0);
    const leaving = [...values].filter((value) => clear.includes(value));
    expect(leaving.length).toBeGreaterThan(100);
  });

  it.each(Object.keys(exports))('leaves not one original value in the %s', (name) => {
    const lines = readings(exports[name]);
    const left = [...values].filter((value) => lines.some((line) => holds(line, value)));
    expect(left).toEqual([]);
  });

  it('leaves not one original value in any record of the trail', () => {
    const [{ sharedEventID }] = analysis.insights;
    const texts = records.map((record) => JSON.stringify(record));
    const events = [{ sharedEventID, leftOut: 0, records: texts }];
    const all = redact(toSharedAnalysis(analysis, { events }), ALL).analysis.shared.events[0];
    expect(all.records.length).toBe(2900);
    const lines = all.records.flatMap((text) => readings(text));
    const words = new Set(lines.flatMap(wordsOf));
    const suspects = [...values].filter((value) => wordsOf(value).every((word) => words.has(word)));
    const whole = lines.join('\n');
    expect(suspects.filter((value) => holds(whole, value))).toEqual([]);
  });

  it('hides each class also when it is chosen alone', () => {
    const found = valuesByClass(analysis);
    for (const name of VALUE_CLASSES) {
      if (name === 'requestParameters') continue;
      const alone = allExports(redact(analysis, new Set([name])).analysis);
      for (const [form, text] of Object.entries(alone)) {
        const lines = readings(text);
        const hidden = found[name].filter((value) => values.has(value));
        const left = hidden.filter((value) => lines.some((line) => holds(line, value)));
        expect([form, left]).toEqual([form, []]);
      }
    }
  });

  it('changes nothing where nothing is chosen', () => {
    expect(insightsJson(redact(analysis, new Set<ValueClass>()).analysis)).toBe(
      insightsJson(analysis),
    );
  });

  it('keeps counts, times, APIs and errors', () => {
    const { table, insights } = redacted.analysis;
    expect(table.calls.toSorted()).toEqual(analysis.table.calls.toSorted());
    const seen = (of: Analysis) =>
      of.insights.map(({ key, start, statistics }) => [
        key.eventName,
        key.errorCode,
        start,
        statistics,
      ]);
    expect(new Set(seen(redacted.analysis))).toEqual(new Set(seen(analysis)));
    expect(insights.map(({ sharedEventID }) => sharedEventID)).not.toEqual(
      analysis.insights.map(({ sharedEventID }) => sharedEventID),
    );
  });

  it('gives the same pseudonyms again, no two values the same one, and none that was a value', () => {
    const again = redact(analysis, ALL).pseudonyms;
    expect(again).toEqual(redacted.pseudonyms);
    const originals = new Set(again.map(({ value }) => value));
    expect(new Set(again.map(({ pseudonym }) => pseudonym)).size).toBe(originals.size);
    for (const { pseudonym } of again) expect(originals.has(pseudonym)).toBe(false);
  });

  it('can be read in clear with the key map, after export and import', () => {
    const received = importShared(insightsJson(redacted.analysis));
    const keys = parseKeyMap(keyMapJson(redacted.pseudonyms));
    const read = restore(received, keys);
    expect(read.insights).toEqual(importShared(insightsJson(analysis)).insights);
    expect(rowsOf(read)).toEqual(rowsOf(analysis));
    expect(
      read.shared.events.map(({ records: texts }) => texts.map((text) => JSON.parse(text))),
    ).toEqual(
      analysis.shared.events.map(({ records: texts }) => texts.map((text) => JSON.parse(text))),
    );
  });
});

/** What the rows of a table say, whatever the order of its strings. */
const rowsOf = ({ table: { strings, callers, caller, calls, minute } }: Analysis) =>
  Array.from(caller, (who, row) =>
    [
      minute[row],
      calls[row],
      ...Object.values(callers).map((column: Uint32Array) => strings[column[who]]),
    ].join(' '),
  );

/** A text as it stands, and as it reads after everything that programs may decode. */
const readings = (text: string): string[] =>
  text.split('\n').flatMap((line) => [line, ...decodingsOf(line, 2), line.replace(/&quot;/g, '"')]);

const wordsOf = (text: string): string[] => text.match(/[A-Za-z0-9]+/g) ?? [];

/** As a word of its own: “Admin” is not in “CreateAdminUser”. */
function holds(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const isWordBefore = /[A-Za-z0-9]$/.test(text.slice(Math.max(0, at - 1), at));
    const isWordAfter = /^[A-Za-z0-9]/.test(text.slice(at + value.length, at + value.length + 1));
    if (
      !(isWordBefore && /^[A-Za-z0-9]/.test(value)) &&
      !(isWordAfter && /[A-Za-z0-9]$/.test(value))
    ) {
      return true;
    }
  }
  return false;
}

/**
 * Every value that names somebody or something, found by brute force: all strings of the members that may hold one, and
 * the parts of ARNs in them. Words that AWS itself uses, and words too short to be told from them, are none.
 */
function privateValues(records: readonly JsonObject[]): Set<string> {
  const found = new Set<string>();
  const publicWords = new Set<string>();
  for (const record of records) {
    for (const name of KEPT_MEMBERS) {
      const text = String(record[name] ?? '');
      for (const word of [text, ...text.split(/[.:]/)]) publicWords.add(word);
    }
    for (const id of [record.eventID, record.requestID]) {
      if (/^[0-9a-f-]{36}$/.test(String(id))) publicWords.add(String(id));
    }
  }
  const add = (text: string) => {
    const parts = text.startsWith('arn:') ? [text, ...text.split(/[:/]/)] : [text];
    for (const part of parts) {
      const isName = /[A-Za-z0-9]{3}/.test(part) && part.length >= 5 && !publicWords.has(part);
      if (isName && !VOCABULARY.test(part)) found.add(part);
    }
  };
  const walk = (value: Json | undefined): void => {
    if (typeof value === 'string') add(value);
    else if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  for (const record of records) {
    for (const name of PRIVATE_MEMBERS) walk(record[name]);
  }
  return found;
}

const KEPT_MEMBERS = ['eventName', 'eventSource', 'awsRegion', 'errorCode', 'eventType'];

const PRIVATE_MEMBERS = [
  'userIdentity',
  'sourceIPAddress',
  'userAgent',
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'serviceEventDetails',
  'errorMessage',
  'resources',
  'recipientAccountId',
  'tlsDetails',
  'vpcEndpointId',
];

/** Of AWS, not of anybody: types of identities and resources, services, its own policies, times, single words. */
const VOCABULARY =
  /^(?:AWS::\w+::\w+|[a-z0-9-]+\.amazonaws\.com|AWS Internal|HIDDEN_DUE_TO_SECURITY_REASONS|(?:arn:aws:iam::aws:policy\/)?(?:AmazonSSMManagedInstanceCore|AdministratorAccess)|instance-profile|log-group|disableApiTermination|launchPermission|IAMUser|AssumedRole|AWSService|AWSAccount|Role|arn|false|true|null|[a-z]+|aws-service-role|assumed-role|\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?)$/;

describe('redaction of the example', () => {
  const analysis = toSharedAnalysis(exampleAnalysis());
  const agent = valuesByClass(analysis).userAgents.find((value) => value.includes('script'))!;

  it('shows which values of each class would leave', () => {
    const { accountIds, identityNames, userAgents } = valuesByClass(analysis);
    expect(accountIds).toEqual(['123456789012']);
    expect([...identityNames].sort()).toEqual(['Fleet', 'Loop', 'mallory']);
    expect(userAgents).toContain(agent);
  });

  it('keeps an ARN an ARN and an account twelve digits', () => {
    const { insights } = redact(analysis, ALL).analysis;
    for (const { key, attributions } of insights) {
      expect(key.recipientAccountId).toMatch(/^9\d{11}$/);
      for (const { value } of attributions[0].insight) {
        expect(value).toMatch(
          /^arn:aws:(?:sts::9\d{11}:assumed-role|iam::9\d{11}:user)\/identity-\d+$/,
        );
      }
    }
  });

  it('hides who is muted, and names in the reasons', () => {
    const mute = { userIdentityArn: 'arn:aws:iam::123456789012:user/mallory', userAgent: 'cron' };
    const settings = {
      ...analysis.settings,
      mutes: [{ ...mute, reason: 'mallory is on call' }],
      excludedSpans: [{ start: SPIKE, end: minutesAfter(SPIKE, 1), reason: 'deploy by mallory' }],
    };
    const redacted = redact({ ...analysis, settings }, ALL);
    const [{ userIdentityArn, userAgent, reason }] = redacted.analysis.settings.mutes;
    expect(userIdentityArn).toMatch(/^arn:aws:iam::9\d{11}:user\/identity-\d+$/);
    expect(userAgent).toMatch(/^user-agent\/\d+$/);
    expect(reason).toMatch(/^identity-\d+ is on call$/);
    expect(JSON.stringify(redacted.analysis.settings)).not.toContain('mallory');
    expect(restore(redacted.analysis, redacted.pseudonyms).settings).toEqual(settings);
    expect(importShared(insightsJson({ ...analysis, settings })).settings).toEqual(settings);
  });

  it('redacts names of files to save alike', () => {
    const { text } = redact(analysis, ALL);
    expect(text('insights of 123456789012, mallory.json')).not.toMatch(/123456789012|mallory/);
  });
});

/** Puts one word in place of every value. */
const HIDING = { value: () => 'gone', text: (text: string) => text, record: () => 'gone' };

describe('a record', () => {
  const record = {
    eventVersion: '1.08',
    eventSource: 'ssm.amazonaws.com',
    eventName: 'PutParameter',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEEXAMPLE01:alice@example.com',
      arn: 'arn:aws:sts::123456789012:assumed-role/Deploy/alice@example.com',
      accountId: '123456789012',
      accessKeyId: 'ASIAEXAMPLEEXAMPLE01',
      sessionContext: { sessionIssuer: { type: 'Role', userName: 'Deploy' } },
    },
    sourceIPAddress: '203.0.113.7',
    userAgent: 'my-tool/1.0',
    requestParameters: {
      name: '/prod/db',
      count: 4,
      owner: 123456789012,
      policy: '{"Resource":"arn:aws:s3:::bucket-of-alice"}',
      url: 'https://example.com/?who=alice%40example.com',
      blob: btoa('account 123456789012 of Deploy'),
      tags: { 'cost:center': 'research', __owner: 'x' },
    },
    errorMessage: 'User alice@example.com may not',
    madeUp: { anything: 'at all' },
  };
  const redactRecord = (chosen: Iterable<ValueClass>, of: unknown = record) => {
    const [first] = exampleAnalysis().insights;
    const events = [
      { sharedEventID: first.sharedEventID, leftOut: 0, records: [JSON.stringify(of)] },
    ];
    const { analysis } = redact(toSharedAnalysis(exampleAnalysis(), { events }), new Set(chosen));
    return analysis.shared.events[0].records[0];
  };

  it('keeps what AWS names and hides everything else, members nobody knows too', () => {
    const text = redactRecord(ALL);
    expect(JSON.parse(text)).toMatchObject({
      eventVersion: '1.08',
      eventSource: 'ssm.amazonaws.com',
      eventName: 'PutParameter',
      userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { type: 'Role' } } },
      requestParameters: { count: 4 },
    });
    expect(text).not.toMatch(
      /alice|Deploy|123456789012|EXAMPLE|203\.0\.113|my-tool|prod|bucket|research|cost|at all|may not/,
    );
  });

  it('gives one value one pseudonym wherever it stands', () => {
    const { userIdentity } = JSON.parse(redactRecord(ALL)) as typeof record;
    const [, role, session] = userIdentity.arn.split('/');
    expect(userIdentity.sessionContext.sessionIssuer.userName).toBe(role);
    expect(userIdentity.principalId.split(':')[1]).toBe(session);
    expect(userIdentity.arn).toContain(`:${userIdentity.accountId}:`);
    expect(userIdentity.accessKeyId).toMatch(/^ASIAREDACTED\d{8}$/);
  });

  it('hides names also inside of text, URLs and base64 where only names are chosen', () => {
    const text = redactRecord(['identityNames', 'sessionNames', 'accountIds']);
    const { requestParameters, errorMessage } = JSON.parse(text) as typeof record;
    expect(errorMessage).toMatch(/^User session-\d+ may not$/);
    expect(requestParameters.name).toBe('/prod/db');
    expect(requestParameters.url).toMatch(/^value-\d+$/);
    expect(requestParameters.blob).toMatch(/^value-\d+$/);
    expect(requestParameters.owner).toBeGreaterThanOrEqual(900_000_000_000);
  });

  it('that is no JSON is hidden whole', () => {
    const hidden = mapRecordText('{"a":"alice', HIDING);
    expect(hidden).toBe('gone');
  });

  it('with members that reach for prototypes is hidden whole', () => {
    const hidden = mapRecordText('{"__proto__":{"a":1}}', HIDING);
    expect(hidden).toBe('gone');
  });
});

describe('any record', () => {
  /** Two letters that no pseudonym and no name of AWS's holds, in front of every string, name and number. */
  const marked = fc.string({ unit: 'grapheme-ascii', maxLength: 12 }).map((text) => `zqxj${text}`);
  const json = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      marked,
      fc.integer({ min: 7_770_000, max: 7_779_999 }),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('name', 'Id', 'items', 'policyDocument'), tie('value')),
      fc.record({ tags: fc.dictionary(marked, tie('value'), { maxKeys: 3 }) }),
      marked.map((text) => btoa(`${text} with some more text`)),
      marked.map((text) => JSON.stringify({ text })),
    ),
  })).value;
  const member = fc.constantFrom(
    'requestParameters',
    'responseElements',
    'userIdentity',
    'resources',
    'userAgent',
    'errorMessage',
    'madeUp',
    'insightDetails',
    'CloudTrailEvent',
  );

  it('gives nothing away, whatever stands in which member, and comes back with the key map', () => {
    const [{ sharedEventID }] = exampleAnalysis().insights;
    fc.assert(
      fc.property(fc.dictionary(member, json, { minKeys: 1, maxKeys: 4 }), (record) => {
        const events = [{ sharedEventID, leftOut: 0, records: [JSON.stringify(record)] }];
        const shared = {
          scope: 'everything',
          redacted: [],
          bands: [],
          events,
          recorded: [],
        } as const;
        const redacted = redact({ ...emptyAnalysis(), shared } as SharedAnalysis, ALL);
        const [text] = redacted.analysis.shared.events[0].records;
        for (const reading of [text, ...decodingsOf(text)])
          expect(reading).not.toMatch(/zqxj|777\d{4}/);
        const restored = restore(redacted.analysis, redacted.pseudonyms);
        expect(JSON.parse(restored.shared.events[0].records[0])).toEqual(record);
      }),
      { numRuns: 300 },
    );
  });
});

describe('pseudonyms', () => {
  const pseudonyms = new Pseudonyms(['198.18.0.1', 'identity-1']);

  it.each<[ValueClass, string, RegExp]>([
    ['accountIds', '111122223333', /^900000000001$/],
    ['accountIds', '1111XXXX3333', /^account-1$/],
    ['ipAddresses', '8.8.8.8', /^198\.18\.0\.2$/],
    ['ipAddresses', '10.1.2.3', /^10\.0\.0\.1$/],
    ['ipAddresses', '2600:1f18::1', /^2001:db8::0:1$/],
    ['ipAddresses', 'fd12::9', /^fd00::0:1$/],
    ['accessKeys', 'AKIAIOSFODNN7EXAMPLE', /^AKIAREDACTED00000001$/],
    ['identityNames', 'alice', /^identity-2$/],
    ['resourceNames', 'i-0abcdef0123456789', /^i-0{16}1$/],
    [
      'resourceNames',
      '0f0e0d0c-1111-2222-3333-444455556666',
      /^00000000-0000-4000-8000-000000000001$/,
    ],
    ['requestParameters', '1689000000', /^9000000001$/],
  ])('of %s, %s, keep its shape and avoid values of the logs', (valueClass, value, shape) => {
    expect(pseudonyms.of(valueClass, value)).toMatch(shape);
    expect(pseudonyms.of(valueClass, value)).toBe(pseudonyms.of(valueClass, value));
  });
});

describe('known values', () => {
  const known = new KnownValues([
    ['alice', 'A'],
    ['alice smith', 'B'],
    ['/prod/db', 'C'],
    ['123456789012', '900000000001'],
  ]);

  it.each([
    ['alice', 'A'],
    ['by alice.', 'by A.'],
    ['alice smith and alice', 'B and A'],
    ['malice, alice2', 'malice, alice2'],
    ['at /prod/db/x', 'at C/x'],
    ['logs123456789012east', 'logs900000000001east'],
    ['ålice, aliceå', 'ålice, aliceå'],
  ])('in “%s” give “%s”', (text, replaced) => {
    expect(known.replaceIn(text)).toBe(replaced);
  });

  it('are found in any text between any punctuation', () => {
    const punctuation = fc.stringMatching(/^[ -/:-@[-`{-~]{1,5}$/);
    fc.assert(
      fc.property(punctuation, punctuation, (before, after) => {
        expect(known.replaceIn(`${before}alice${after}`)).toBe(`${before}A${after}`);
      }),
    );
  });
});

describe('decodings', () => {
  it.each([
    ['percent', 'a%2Fb%3Dalice%40x', 'a/b=alice@x'],
    ['escapes', String.raw`{\"who\":\"\u0061lice\"}`, '{"who":"alice"}'],
    ['base64', btoa('the account of alice'), 'the account of alice'],
    [
      'base64 in a URL',
      `?d=${encodeURIComponent(btoa('the account of alice?'))}`,
      'the account of alice?',
    ],
    [
      'base64 for URLs',
      btoa('>>>???alice>>>???').replace(/\+/g, '-').replace(/\//g, '_'),
      '>>>???alice>>>???',
    ],
  ])('of %s are found', (_, text, decoded) => {
    expect(decodingsOf(text)).toContain(decoded);
  });
});

describe('a key map', () => {
  it('of somebody else changes nothing', () => {
    const analysis = toSharedAnalysis(exampleAnalysis());
    const other = [
      { valueClass: 'identityNames', value: 'bob', pseudonym: 'identity-77' },
    ] as const;
    expect(insightsJson(restore(analysis, other))).toBe(insightsJson(analysis));
  });

  it.each([
    ['{}', /^trailglassKeyMap: expected "trailglassKeyMap", found nothing/],
    ['{"trailglassKeyMap":9,"pseudonyms":[]}', /^trailglassKeyMap: expected 1, found 9/],
    [
      '{"trailglassKeyMap":1,"pseudonyms":[{"valueClass":"dogs","value":"a","pseudonym":"b"}]}',
      /^pseudonyms\[0\]\.valueClass: expected .*, found "dogs"/,
    ],
    ['{"trailglassKeyMap":1,"pseudonyms":[{"__proto__":1}]}', /^pseudonyms\[0\]\.__proto__/],
  ])('such as %s is refused', (text, message) => {
    expect(() => parseKeyMap(text)).toThrow(RefusedJson);
    expect(() => parseKeyMap(text)).toThrow(message);
  });
});
