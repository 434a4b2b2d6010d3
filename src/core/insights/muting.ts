import type { ActivityTable } from '../activity/activityTable';
import type { Mute } from './settings';

/** A mute in the numbers of one table. */
export interface Muting {
  /** 1 at each API all of whose given values are as the mute has them. */
  readonly apis: Uint8Array;
  /** 1 at each caller of whom the same holds; null where the mute names none. */
  readonly callers: Uint8Array | null;
}

const OF_API = ['recipientAccountId', 'awsRegion', 'eventSource', 'eventName'] as const;
const OF_CALLER = ['userIdentityArn', 'userAgent', 'sourceIPAddress'] as const;

/** What a mute leaves out of a table; null for one that gives no value: it leaves out nothing. */
export function mutingOf({ apis, callers, strings }: ActivityTable, mute: Mute): Muting | null {
  const given = <Name extends keyof Mute>(
    names: readonly Name[],
    columns: Readonly<Record<Name, Uint32Array>>,
  ) =>
    names
      .filter((name) => mute[name] !== undefined)
      .map((name) => ({ column: columns[name], ref: strings.indexOf(mute[name] as string) }));
  const ofApi = given(OF_API, apis);
  const ofCaller = given(OF_CALLER, callers);
  if (ofApi.length + ofCaller.length === 0) return null;
  return {
    apis: having(ofApi, apis.eventName.length),
    callers: ofCaller.length === 0 ? null : having(ofCaller, callers.userIdentityArn.length),
  };
}

function having(
  given: readonly { readonly column: Uint32Array; readonly ref: number }[],
  length: number,
): Uint8Array {
  const has = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    if (given.every(({ column, ref }) => column[i] === ref)) has[i] = 1;
  }
  return has;
}

/** Whether a mute leaves out a row of an API. */
export const mutesRow = ({ apis, callers }: Muting, api: number, caller: number): boolean =>
  apis[api] === 1 && (callers === null || callers[caller] === 1);
