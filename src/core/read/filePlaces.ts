import { FileHourCounter, type FileHours, hourOfDelivery } from '../activity/fileHours';
import { MINUTES_PER_HOUR, parseMinute } from '../activity/minute';
import { parseS3Key, type S3Key } from '../cloudtrail/s3Key';
import type { ScopeSpan } from './scopeSpans';

const hourOf = (minute: number): number => Math.floor(minute / MINUTES_PER_HOUR);

/** Where and when the files belong that were read: by their names, else by the events in them. */
export class FilePlaces {
  private readonly hours = new FileHourCounter();
  private readonly spansBefore: ScopeSpan[] = [];
  /** What the name of the open file tells; null when it is none of a trail's. */
  private key: S3Key | null = null;

  /** `takeOwn`: takes from when to when the events are that were found since the last time asked. */
  constructor(private readonly takeOwn: () => ScopeSpan[]) {}

  /** A file begins; what stands in it is kept apart from what stood before, unless its name tells where it belongs. */
  begin(path: string): void {
    const key = parseS3Key(path);
    this.key = key?.folder === 'CloudTrail' ? key : null;
    if (this.key === null) this.spansBefore.push(...this.takeOwn());
  }

  /** The file was read. */
  end(): void {
    if (this.key === null) this.countSpans();
    else this.countDelivery(this.key);
  }

  /** From when to when the events are that were found since the last time asked. */
  takeSpans(): ScopeSpan[] {
    return [...this.spansBefore.splice(0), ...this.takeOwn()];
  }

  finish(): readonly FileHours[] {
    return this.hours.finish();
  }

  private countDelivery({ accountId: recipientAccountId, awsRegion, deliveredAt }: S3Key): void {
    const minute = parseMinute(deliveredAt);
    if (minute === null) return;
    const hour = hourOfDelivery(minute);
    this.hours.add({ recipientAccountId, awsRegion }, hour, hour);
  }

  private countSpans(): void {
    const spans = this.takeOwn();
    for (const { first, last, ...place } of spans)
      this.hours.add(place, hourOf(first), hourOf(last));
    this.spansBefore.push(...spans);
  }
}
