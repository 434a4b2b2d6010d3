import type { ActivityTable } from '../../../src/core/activity/activityTable';
import type { Coverage } from '../../../src/core/activity/coverage';
import { toMinute } from '../../../src/core/activity/minute';
import { FAMILIES, SHARE, type Family } from './families';
import { LENGTHS, makeSeries, type Length } from './generator';

/** The counted logs of one account and Region. */
export interface Archive {
  readonly table: ActivityTable;
  readonly coverage: readonly Coverage[];
}

const START = 28_426_140;
const DISTINCT = 100;
/** The calls of an API are those of one of ten roles, but for every hundredth row, which is the auditor's. */
const ROLES = 11;
export const AUDITOR = 'arn:aws:sts::111122223333:assumed-role/auditor';
const EVERY = 100;

/** `series` write APIs as a typical account has them, the first hundred again and again under other names. */
export function makeArchive(
  series: number,
  length: Length,
  families: readonly (keyof typeof SHARE)[] = FAMILIES,
): Archive {
  const distinct = typicalFamilies(families).map(
    (family, i) => makeSeries(family, length, `live|${i}`, []).counts,
  );
  const strings = ['', '111122223333', AUDITOR];
  const refOf = (text: string) => strings.push(text) - 1;
  const roles = Array.from({ length: ROLES - 1 }, (_, i) =>
    refOf(`arn:aws:sts::111122223333:assumed-role/role-${i}`),
  );
  const source = refOf('ec2.amazonaws.com');
  const region = refOf('us-east-1');
  const names = Array.from({ length: series }, (_, i) => refOf(`Api${String(i).padStart(5, '0')}`));
  const of = (i: number) => distinct[i % distinct.length];
  const apiStart = new Uint32Array(series + 1);
  for (let i = 0; i < series; i++) {
    apiStart[i + 1] = apiStart[i] + of(i).reduce((sum, calls) => sum + (calls > 0 ? 1 : 0), 0);
  }
  const rows = apiStart[series];
  const minute = new Uint32Array(rows);
  const calls = new Uint32Array(rows);
  const caller = new Uint32Array(rows);
  for (let i = 0, row = 0; i < series; i++) {
    of(i).forEach((count, at) => {
      if (!(count > 0)) return;
      minute[row] = START + at;
      calls[row] = count;
      caller[row] = i % 50 === 7 && row % EVERY === 0 ? 0 : 1 + (i % (ROLES - 1));
      row++;
    });
  }
  const filled = (ref: number, many: number) => new Uint32Array(many).fill(ref);
  const end = toMinute(START + LENGTHS[length]);
  return {
    table: {
      strings,
      apis: {
        recipientAccountId: filled(1, series),
        awsRegion: filled(region, series),
        eventSource: filled(source, series),
        eventName: Uint32Array.from(names),
        readOnly: new Uint8Array(series),
        sort: new Uint8Array(series),
      },
      callers: {
        userIdentityArn: Uint32Array.from([2, ...roles]),
        userAgent: filled(0, ROLES),
        sourceIPAddress: filled(0, ROLES),
        accessKeyId: filled(0, ROLES),
      },
      apiStart,
      minute,
      errorCode: filled(0, rows),
      caller,
      calls,
    },
    coverage: [
      {
        recipientAccountId: '111122223333',
        awsRegion: 'us-east-1',
        start: toMinute(START),
        end,
        gaps: new Uint32Array(0),
        incompleteFrom: end,
        silenceMeansSilence: true,
      },
    ],
  };
}

/** A hundred families in the shares of a typical account. */
function typicalFamilies(families: readonly (keyof typeof SHARE)[]): Family[] {
  const all = families.reduce((sum, family) => sum + SHARE[family], 0);
  return families.flatMap((family) =>
    Array.from<Family>({ length: Math.round((DISTINCT * SHARE[family]) / all) }).fill(family),
  );
}
