import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/core/cloudtrail/classify';

const ssm = { eventSource: 'ssm.amazonaws.com', eventName: 'PutParameter' };
const told = { ...ssm, eventCategory: 'Management', managementEvent: true, readOnly: false };

describe('the kind of an event', () => {
  it('is what the record says of itself', () => {
    expect(classify(told)).toMatchObject({ kind: 'write management', byFallback: false });
    expect(classify({ ...told, readOnly: true }).kind).toBe('read management');
    expect(classify({ ...told, eventCategory: 'Data', managementEvent: false }).kind).toBe('data');
    expect(classify({ ...told, eventCategory: 'NetworkActivity' }).kind).toBe('other');
    expect(classify({ ...told, eventCategory: 'Aggregated' }).kind).toBe('other');
    expect(classify({ ...told, eventCategory: 'insight' }).kind).toBe('insight');
    for (const eventType of ['AwsVpceEvent', 'AwsVpceEvents', 'AwsAggregatedEvent']) {
      expect(classify({ ...told, eventType }).kind).toBe('other');
    }
  });

  it('is told by managementEvent before there was a category', () => {
    expect(classify({ ...ssm, managementEvent: true, readOnly: false })).toMatchObject({
      kind: 'write management',
      byFallback: false,
    });
    expect(classify({ ...ssm, managementEvent: false, readOnly: false }).kind).toBe('data');
  });

  it('comes from source and verb where an old record says nothing, and says so', () => {
    const old = (eventSource: string, eventName: string) =>
      classify({ eventSource: `${eventSource}.amazonaws.com`, eventName });
    expect(old('ssm', 'PutParameter')).toMatchObject({
      kind: 'write management',
      byFallback: true,
    });
    expect(old('s3', 'GetObject')).toMatchObject({ kind: 'data', byFallback: true });
    expect(old('s3', 'PutBucketPolicy').kind).toBe('write management');
    expect(old('lambda', 'Invoke').kind).toBe('data');
    expect(old('dynamodb', 'PutItem').kind).toBe('data');
    expect(old('dynamodb', 'CreateTable').kind).toBe('write management');
  });

  it.each([
    ['DescribeInstances', true],
    ['GetParameter', true],
    ['ListBuckets', true],
    ['AssumeRole', true],
    ['Decrypt', true],
    ['GenerateDataKey', true],
    ['BatchGetItem', true],
    ['LookupEvents', true],
    ['ConsoleLogin', false],
    ['CheckMfa', false],
    ['RotateKey', false],
    ['RunInstances', false],
    ['StartSecretVersionDelete', false],
    ['UpdateInstanceInformation', false],
  ])('takes %s for a read: %s', (eventName, isRead) => {
    const { kind } = classify({ eventSource: 'x.amazonaws.com', eventName });
    expect(kind).toBe(isRead ? 'read management' : 'write management');
  });
});
