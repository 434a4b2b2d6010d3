import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { FORM_RECORDS } from './formRecords';
import { CSV_FORMS, JSON_FORMS, RESULT_FORMS } from './logForms';
import { securityLakeFile } from './parquetLogs';
import { paxRecord, writeTar } from './tarWriter';
import { writeZip } from './zipWriter';

/** The forms of the fixtures, written from one list of records: what each file's bytes are, by its name. */

const TRAIL = JSON_FORMS.records(FORM_RECORDS);
const [FIRST, SECOND] = [FORM_RECORDS.slice(0, 3), FORM_RECORDS.slice(3)].map(JSON_FORMS.records);
const LONG_NAME = `AWSLogs/${'deep/'.repeat(30)}x.json`;
const packed = gzipSync(TRAIL);
/** Zstandard as its own program writes it: the format has no writer in JavaScript. */
const zstd = (bytes: Uint8Array) => execFileSync('zstd', ['-c'], { input: bytes });

const texts = Object.entries({ ...JSON_FORMS, ...CSV_FORMS, ...RESULT_FORMS }).map(
  ([name, write]) => [`form-${name}.txt`, Buffer.from(write(FORM_RECORDS))] as const,
);

export const FIXTURE_FORMS: Readonly<Record<string, () => Uint8Array>> = {
  ...Object.fromEntries(texts.map(([name, bytes]) => [name, () => bytes])),
  'gzip.bin': () => packed,
  'gzip-many-members.bin': () =>
    Buffer.concat(FORM_RECORDS.map((record) => gzipSync(`${JSON.stringify(record)}\n`))),
  'gzip-trailing-garbage.bin': () => Buffer.concat([packed, Buffer.alloc(20, 0x21)]),
  'gzip-missing-trailer.bin': () => packed.subarray(0, -8),
  'gzip-twice.bin': () => gzipSync(packed),
  'zip-stored.bin': () => writeZip([{ name: 'x.json', data: TRAIL, stored: true }]),
  'zip-deflate.bin': () => writeZip([{ name: 'x.json', data: TRAIL }]),
  'zip-zip64.bin': () => writeZip([{ name: 'x.json', data: TRAIL, zip64: true }]),
  'zip-descriptors.bin': () =>
    writeZip([
      { name: 'x.json', data: FIRST, descriptor: true },
      { name: 'y.json', data: SECOND, descriptor: 'bare' },
    ]),
  'zip-encrypted.bin': () =>
    writeZip([
      { name: 'x.json', data: TRAIL },
      { name: 'secret.json', data: TRAIL, encrypted: true },
    ]),
  'tar.bin': () => writeTar([{ name: 'AWSLogs/x.json', data: TRAIL }]),
  'tar-gz.bin': () => gzipSync(writeTar([{ name: 'x.json.gz', data: packed }])),
  'tar-pax-name.bin': () =>
    writeTar([
      { name: 'PaxHeaders/x', type: 'x', data: paxRecord('path', LONG_NAME) },
      { name: 'short', data: TRAIL },
    ]),
  'tar-gnu-name.bin': () =>
    writeTar([
      { name: '././@LongLink', type: 'L', data: `${LONG_NAME}\0` },
      { name: 'short', data: TRAIL },
    ]),
  'nested.bin': () =>
    writeZip([{ name: 'logs.tar.gz', data: gzipSync(writeTar([{ name: 'x', data: packed }])) }]),
  'security-lake-zstd.bin': () =>
    securityLakeFile(FORM_RECORDS, { codec: 'ZSTD', compressors: { ZSTD: zstd } }),
  'security-lake-first-version.bin': () =>
    securityLakeFile(FORM_RECORDS, { version: '1.0.0-rc.2', rowGroupSize: 3 }),
};

/** What all of them have to give: counted by hand. */
export const EXPECTED_OF_FORMS = {
  records: {
    in: 7,
    counted: 4,
    otherManagement: 1,
    data: 1,
    otherKinds: 0,
    duplicates: 1,
    insights: 0,
    unusable: 0,
    classifiedByFallback: 0,
  },
  skipped: [],
  notes: [],
  calls: [
    '000000000123 eu-west-1 ssm.amazonaws.com PutParameter false 2026-01-31T23:52:00Z : 1',
    '111111111111 us-east-1 ssm.amazonaws.com DeleteParameter false 2026-01-31T23:52:00Z ThrottlingException: 1',
    '111111111111 us-east-1 ssm.amazonaws.com GetParameter true 2026-01-31T23:50:00Z : 1',
    '111111111111 us-east-1 ssm.amazonaws.com GetParameter true 2026-01-31T23:51:00Z ParameterNotFound: 1',
    '111111111111 us-east-1 ssm.amazonaws.com PutParameter false 2026-01-31T23:51:00Z : 1',
  ],
};
