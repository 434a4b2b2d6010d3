import { ActivityBuilder } from '../../src/core/activity/activityBuilder';
import { asciiBytes, toByteText } from '../../src/core/activity/byteText';
import type { ActivityPart } from '../../src/core/activity/activityPart';
import { parseMinute } from '../../src/core/activity/minute';
import { Share, toApiKind, toMark } from '../../src/core/activity/callGroups';

/** Calls of one kind in one minute, as a test states them; what is left out is as in the first documented example. */
export interface Calls {
  /** `2019-11-01T20:37:00Z`, or minutes since the epoch. */
  minute: string | number;
  calls: number;
  recipientAccountId?: string;
  awsRegion?: string;
  eventSource?: string;
  eventName?: string;
  readOnly?: boolean;
  errorCode?: string;
  userIdentityArn?: string;
  userAgent?: string;
}

/** What a reader would hand over for these calls. */
export function partOf(calls: Iterable<Calls>): ActivityPart {
  const builder = new ActivityBuilder();
  const ref = (text: string) => {
    const bytes = asciiBytes(text);
    return builder.strings.intern(toByteText(bytes), 0, bytes.length);
  };
  const mark = toMark(Share.counted, false, false);
  for (const each of calls) {
    const refs = [
      ref(each.recipientAccountId ?? '123456789012'),
      ref(each.awsRegion ?? 'us-east-1'),
      ref(each.eventSource ?? 'ssm.amazonaws.com'),
      ref(each.eventName ?? 'UpdateInstanceInformation'),
    ] as const;
    const minute = typeof each.minute === 'number' ? each.minute : parseMinute(each.minute)!;
    const error = ref(each.errorCode ?? '');
    const identity = ref(each.userIdentityArn ?? 'arn:aws:sts::123456789012:assumed-role/Fleet');
    const agent = ref(each.userAgent ?? 'aws-sdk-go/1.44');
    for (let i = 0; i < each.calls; i++) {
      builder.addCall(
        mark,
        minute,
        builder.api(...refs, toApiKind(each.readOnly ?? false, 0)),
        error,
        identity,
        agent,
        0,
        0,
      );
    }
  }
  return builder.finish();
}
