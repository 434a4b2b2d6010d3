import * as v from 'valibot';
import { parseMinute, type Minute } from '../../activity/minute';
import { checked, RefusedJson, shown } from '../../foreignJson';
import type { Insight } from '../../insights/insight';
import { LONGEST_SPAN, toRates } from './columns';
import { OwnRecord, type OwnInsight } from './schema';
import type { ExpectedBand } from './sharedAnalysis';

/** A record with the minute of its `eventTime`. */
export interface OwnHalf {
  readonly record: OwnRecord;
  readonly minute: Minute;
}

/** The records of the insights that the file describes, by id and state. */
export function ownRecords(
  records: unknown,
  ids: ReadonlySet<string>,
): ReadonlyMap<string, OwnHalf> {
  const own = new Map<string, OwnHalf>();
  checked(v.array(v.unknown()), records, 'Records').forEach((value, index) => {
    const path = `Records[${index}]`;
    const record = checked(OwnRecord, value, path);
    const { sharedEventID, eventTime, insightDetails } = record;
    if (!ids.has(sharedEventID)) {
      throw new RefusedJson(
        `${path}.sharedEventID: expected an id of trailglass.insights, found ${shown(sharedEventID)}.`,
      );
    }
    const minute = parseMinute(eventTime);
    if (minute === null) {
      throw new RefusedJson(`${path}.eventTime: expected a time, found ${shown(eventTime)}.`);
    }
    own.set(halfId(sharedEventID, insightDetails.state), { record, minute });
  });
  return own;
}

const halfId = (sharedEventID: string, state: string): string => `${state} ${sharedEventID}`;

/** An insight out of its records and what the file says of it beside them. */
export function toInsight(
  own: OwnInsight,
  index: number,
  records: ReadonlyMap<string, OwnHalf>,
): Insight {
  const { sharedEventID, explanation, open } = own;
  const path = `trailglass.insights[${index}]`;
  const half = (state: 'Start' | 'End'): OwnHalf => {
    const found = records.get(halfId(sharedEventID, state));
    if (found) return found;
    throw new RefusedJson(`${path}: expected a ${state} record of ${sharedEventID}, found none.`);
  };
  const { record, minute: start } = half('Start');
  const whole = own.ongoing ? open : endOf(half('End'));
  if (whole === undefined)
    throw new RefusedJson(`${path}.open: expected an object, found nothing.`);
  if (whole.end <= start || whole.end - start > LONGEST_SPAN) {
    throw new RefusedJson(
      `${path}: expected an end within 20 years after the start, found ${whole.end}.`,
    );
  }
  const { eventSource, eventName, errorCode, insightType, insightContext } = record.insightDetails;
  const { recipientAccountId, awsRegion } = record;
  return {
    start,
    end: whole.end,
    direction: own.direction,
    severity: own.severity,
    history: own.history,
    ongoing: own.ongoing,
    explanation: { ...explanation, limit: explanation.limit ?? Infinity },
    sharedEventID,
    key: {
      recipientAccountId,
      awsRegion,
      eventSource,
      eventName,
      ...(errorCode ? { errorCode } : {}),
    },
    insightType,
    statistics: whole.statistics,
    startStatistics: insightContext.statistics,
    attributions: whole.attributions,
    startAttributions: insightContext.attributions,
    coveredBaseline: own.coveredBaseline,
  };
}

const endOf = ({ record, minute }: OwnHalf) => ({
  end: minute,
  ...record.insightDetails.insightContext,
});

export function toBand({ sharedEventID, band }: OwnInsight, index: number): ExpectedBand[] {
  if (band === undefined) return [];
  const path = `trailglass.insights[${index}].band`;
  const level = toRates(band.level, false, `${path}.level`);
  const upper = toRates(band.upper, true, `${path}.upper`);
  if (level.length !== upper.length) {
    throw new RefusedJson(
      `${path}.upper: expected ${level.length} entries, found ${upper.length}.`,
    );
  }
  return [{ sharedEventID, from: band.from, level, upper }];
}
