/** What records written before 2019 do not say of themselves: versions before 1.07 have no `eventCategory`. */

/**
 * Verbs that read. Against the explicit `readOnly` of 304 APIs in real logs of 2021–2023 the list has one exception,
 * the sign-in event `CheckMfa`. `AssumeRole`, `Decrypt` and `GenerateDataKey` are reads to CloudTrail.
 */
const READ_VERB =
  /^(?:Get|List|Describe|Head|Lookup|Search|Query|Scan|BatchGet|BatchDescribe|Select|View|Check(?!Mfa)|Test|Detect|Validate|Simulate|Assume|Decrypt|Encrypt|ReEncrypt|GenerateDataKey|GenerateRandom|GenerateMac|GenerateCredentialReport|Verify|Retrieve|Preview|Estimate|Filter|Discover|Export(?=Key)|Read|Is(?=[A-Z]))/;

/** Whether an API reads, judged by its name alone. */
export const isReadVerb = (eventName: string): boolean => READ_VERB.test(eventName);

const S3_OBJECT_CALL =
  /^(?:(?:Get|Put|Head|Delete|Copy|Post|Restore|Select|List|Upload|Create|Complete|Abort)(?:Object|Objects|ObjectAcl|ObjectTagging|ObjectTorrent|ObjectRetention|ObjectLegalHold|ObjectAttributes|ObjectContent|ObjectVersions|Part|PartCopy|Parts|MultipartUpload|MultipartUploads))$/;

/** Data events by event source; all that was there to be logged before `eventCategory` came. */
const DATA_EVENTS: ReadonlyMap<string, RegExp> = new Map([
  ['s3.amazonaws.com', S3_OBJECT_CALL],
  ['lambda.amazonaws.com', /^Invoke/],
  [
    'dynamodb.amazonaws.com',
    /^(?:Get|Put|Update|Delete|BatchGet|BatchWrite|TransactGet|TransactWrite)Items?$|^(?:Query|Scan|GetRecords|ExecuteStatement|BatchExecuteStatement|ExecuteTransaction)$/,
  ],
]);

/** Whether an API is logged as a data event, judged by source and name. */
export const isDataEvent = (eventSource: string, eventName: string): boolean =>
  DATA_EVENTS.get(eventSource)?.test(eventName) ?? false;
