import { MINUTES_PER_HOUR } from './minute';

/** How many log files there are by hour, of one account and Region. */
export interface FileHours {
  readonly recipientAccountId: string;
  readonly awsRegion: string;
  /** Hours since the epoch, ascending, each once. */
  readonly hour: Uint32Array;
  readonly files: Uint32Array;
}

/** A file holds what happened in the minutes before its delivery (measured: 3.4 minutes, 10 at most). */
const BEFORE_DELIVERY = 5;

/** The hour since the epoch whose events a file should hold that was delivered in this minute. */
export const hourOfDelivery = (deliveredAt: number): number =>
  Math.floor((deliveredAt - BEFORE_DELIVERY) / MINUTES_PER_HOUR);

type Place = Pick<FileHours, 'recipientAccountId' | 'awsRegion'>;

/** A file over more hours than this counts in the last of them: four years. */
const MOST_HOURS = 24 * 1461;

/** Counts files by account, Region and hour. */
export class FileHourCounter {
  private readonly places = new Map<string, Map<number, number>>();

  /** One more file, or so many, that hold something of the hours [first, last]. */
  add(place: Place, first: number, last: number, files = 1): void {
    const { recipientAccountId, awsRegion } = place;
    const key = JSON.stringify([recipientAccountId, awsRegion]);
    let hours = this.places.get(key);
    if (hours === undefined) this.places.set(key, (hours = new Map()));
    for (let hour = Math.max(first, last - MOST_HOURS); hour <= last; hour++) {
      hours.set(hour, (hours.get(hour) ?? 0) + files);
    }
  }

  /** In the order of their texts. */
  finish(): FileHours[] {
    return [...this.places.keys()].sort().map((key) => {
      const [recipientAccountId, awsRegion] = JSON.parse(key) as [string, string];
      const hours = this.places.get(key)!;
      const hour = Uint32Array.from(hours.keys()).sort();
      return { recipientAccountId, awsRegion, hour, files: hour.map((each) => hours.get(each)!) };
    });
  }
}

/** What all readers counted together. */
export function mergeFileHours(parts: readonly FileHours[]): FileHours[] {
  const all = new FileHourCounter();
  for (const { hour, files, ...place } of parts) {
    hour.forEach((each, i) => all.add(place, each, each, files[i]));
  }
  return all.finish();
}
