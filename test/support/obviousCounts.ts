import type { Presence } from '../../src/core/activity/activityTable';
import type { CallSeries, SeriesKey } from '../../src/core/activity/callSeries';
import type { Call } from './recordBuilder';

/** Series and presence of calls, counted the obvious way: what the real pipeline must arrive at. */
export function countCalls(calls: readonly Call[]): {
  series: CallSeries[];
  presence: Presence[];
} {
  const series = new Tally<SeriesKey>();
  const presence = new Tally<Pick<Presence, 'recipientAccountId' | 'awsRegion'>>();
  for (const call of calls) {
    const minute = Math.floor(call.epochSeconds / 60);
    const { recipientAccountId, awsRegion, service, eventName, errorCode } = call;
    const scope = { recipientAccountId, awsRegion };
    presence.add(scope, minute);
    if (call.eventCategory === 'Data') continue;
    const key = { ...scope, eventSource: `${service}.amazonaws.com`, eventName };
    if (!call.readOnly) series.add(key, minute);
    if (errorCode) series.add({ ...key, errorCode }, minute);
  }
  return {
    series: series.columns().map(([key, minute, counts]) => ({ key, minute, calls: counts })),
    presence: presence.columns().map(([scope, minute, events]) => ({ ...scope, minute, events })),
  };
}

class Tally<Key> {
  #counts = new Map<string, Map<number, number>>();

  add(key: Key, minute: number): void {
    const id = JSON.stringify(key);
    const counts = this.#counts.get(id) ?? new Map<number, number>();
    this.#counts.set(id, counts.set(minute, (counts.get(minute) ?? 0) + 1));
  }

  /** Minutes ascending with their counts, per key. */
  columns(): [Key, Uint32Array, Uint32Array][] {
    return [...this.#counts].map(([id, counts]) => {
      const minutes = Uint32Array.from(counts.keys()).sort();
      return [JSON.parse(id) as Key, minutes, minutes.map((minute) => counts.get(minute)!)];
    });
  }
}
