import type { ActivityTable } from '../../activity/activityTable';
import type { Coverage } from '../../activity/coverage';
import { RefusedJson } from '../../foreignJson';
import { LAST_MINUTE, LONGEST_SPAN, refusal, refuseUnequal, toColumn } from './columns';
import type { CoverageMember, TableMember } from './schema';

const PATH = 'trailglass.table';
const MOST_ROWS = 0xffffffff;

/** The columns of a shared file as a table in which every number leads somewhere; throws `RefusedJson`. */
export function toTable(member: TableMember): ActivityTable {
  const { strings, apis, callers, minute, errorCode, caller, calls } = member;
  if (strings[0] !== '') throw refusal(`${PATH}.strings`, 0, '""', strings[0]);
  refuseUnequal(apis, `${PATH}.apis`);
  refuseUnequal(callers, `${PATH}.callers`);
  refuseUnequal({ minute, errorCode, caller, calls }, PATH);
  const refs = (column: readonly unknown[], name: string) =>
    toColumn(column, strings.length - 1, `${PATH}.${name}`);
  const apiStart = toStarts(member.apiStart, apis.eventName.length, minute.length);
  return {
    strings,
    apis: {
      recipientAccountId: refs(apis.recipientAccountId, 'apis.recipientAccountId'),
      awsRegion: refs(apis.awsRegion, 'apis.awsRegion'),
      eventSource: refs(apis.eventSource, 'apis.eventSource'),
      eventName: refs(apis.eventName, 'apis.eventName'),
      readOnly: Uint8Array.from(toColumn(apis.readOnly, 1, `${PATH}.apis.readOnly`)),
      sort: Uint8Array.from(toColumn(apis.sort, 2, `${PATH}.apis.sort`)),
    },
    callers: {
      userIdentityArn: refs(callers.userIdentityArn, 'callers.userIdentityArn'),
      userAgent: refs(callers.userAgent, 'callers.userAgent'),
      sourceIPAddress: refs(callers.sourceIPAddress, 'callers.sourceIPAddress'),
      accessKeyId: refs(callers.accessKeyId, 'callers.accessKeyId'),
    },
    apiStart,
    minute: toMinutes(minute, apiStart),
    errorCode: refs(errorCode, 'errorCode'),
    caller: toColumn(caller, callers.userAgent.length - 1, `${PATH}.caller`),
    calls: toColumn(calls, MOST_ROWS, `${PATH}.calls`),
  };
}

function toStarts(values: readonly unknown[], apis: number, rows: number): Uint32Array {
  const path = `${PATH}.apiStart`;
  const starts = toColumn(values, rows, path);
  if (starts.length !== apis + 1) {
    throw new RefusedJson(`${path}: expected ${apis + 1} entries, found ${starts.length}.`);
  }
  starts.forEach((start, api) => {
    if (api === 0 ? start !== 0 : start < starts[api - 1]) {
      throw refusal(path, api, 'rows that ascend from 0', start);
    }
  });
  if (starts[apis] !== rows) throw refusal(path, apis, `the number of rows, ${rows}`, starts[apis]);
  return starts;
}

/** Differences made minutes again; ascending within an API, as they cannot be negative. */
function toMinutes(values: readonly unknown[], apiStart: Uint32Array): Uint32Array {
  const path = `${PATH}.minute`;
  const minutes = toColumn(values, LAST_MINUTE, path);
  const isFirst = new Set(apiStart);
  for (let row = 1; row < minutes.length; row++) {
    if (isFirst.has(row)) continue;
    const minute = minutes[row - 1] + minutes[row];
    if (minute > LAST_MINUTE) throw refusal(path, row, 'a minute before the year 2350', minute);
    minutes[row] = minute;
  }
  return minutes;
}

/** Where the logs reach: spans that end after they begin and are no longer than logs can be. */
export function toCoverage(member: CoverageMember, index: number): Coverage {
  const path = `trailglass.coverage[${index}]`;
  const { start, end } = member;
  if (end < start || end - start > LONGEST_SPAN) {
    throw new RefusedJson(`${path}.end: expected within 20 years after start, found ${end}.`);
  }
  const gaps = toColumn(member.gaps, LAST_MINUTE, `${path}.gaps`);
  if (gaps.length % 2 === 1) {
    throw new RefusedJson(`${path}.gaps: expected pairs, found ${gaps.length} entries.`);
  }
  gaps.forEach((minute, at) => {
    const least = at === 0 ? start : gaps[at - 1];
    if (minute < least || minute > end) {
      throw refusal(`${path}.gaps`, at, `ascending minutes from ${start} to ${end}`, minute);
    }
  });
  return { ...member, gaps };
}
