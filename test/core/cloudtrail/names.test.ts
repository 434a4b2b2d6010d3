import { describe, expect, it } from 'vitest';
import { parseS3Key } from '../../../src/core/cloudtrail/s3Key';
import { userIdentityLabel } from '../../../src/core/cloudtrail/userIdentity';

describe('who called', () => {
  it.each([
    [
      'a role without its session',
      { type: 'AssumedRole', arn: 'arn:aws:sts::1:assumed-role/Admin/alice' },
      'arn:aws:sts::1:assumed-role/Admin',
    ],
    [
      'a role in China',
      { arn: 'arn:aws-cn:sts::1:assumed-role/Admin/alice@example.com' },
      'arn:aws-cn:sts::1:assumed-role/Admin',
    ],
    [
      'a user',
      { type: 'IAMUser', arn: 'arn:aws:iam::1:user/ops/alice', userName: 'alice' },
      'arn:aws:iam::1:user/ops/alice',
    ],
    ['root', { type: 'Root', arn: 'arn:aws:iam::1:root' }, 'arn:aws:iam::1:root'],
    [
      'a role by its issuer',
      { type: 'Role', sessionIssuerArn: 'arn:aws:iam::1:role/Admin' },
      'arn:aws:iam::1:role/Admin',
    ],
    ['a service', { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }, 'ec2.amazonaws.com'],
    ['a service event', { accountId: '1', invokedBy: 'kms.amazonaws.com' }, 'kms.amazonaws.com'],
    [
      'another account',
      { type: 'AWSAccount', accountId: '123456789012' },
      'AWSAccount 123456789012',
    ],
    ['a federated name', { type: 'SAMLUser', userName: 'alice' }, 'alice'],
    ['a principal', { type: 'SAMLUser', principalId: 'abc' }, 'abc'],
    ['nothing but a type', { type: 'Unknown' }, 'Unknown'],
    ['nobody', {}, ''],
  ])('is labelled: %s', (_, identity, label) => {
    expect(userIdentityLabel(identity)).toBe(label);
  });
});

describe('the name of a delivered file', () => {
  const folder = 'AWSLogs/o-abcdefghij/123456789012';

  it('tells account, Region and minute of delivery', () => {
    const key = `${folder}/CloudTrail/us-east-2/2026/01/31/123456789012_CloudTrail_us-east-2_20260131T2355Z_KL5e9VCV2SS7IqzB.json.gz`;
    expect(parseS3Key(key)).toEqual({
      accountId: '123456789012',
      awsRegion: 'us-east-2',
      folder: 'CloudTrail',
      deliveredAt: '2026-01-31T23:55:00Z',
    });
  });

  it('tells the folders of Insights, GovCloud and digests apart', () => {
    expect(
      parseS3Key('123456789012_CloudTrail-Insight_us-gov-west-1_20200923T0516Z_KL5e.json.gz'),
    ).toMatchObject({
      folder: 'CloudTrail-Insight',
      awsRegion: 'us-gov-west-1',
    });
    expect(
      parseS3Key(
        '123456789012_CloudTrail-Digest_us-east-2_my_trail_us-east-1_20150817T150131Z_backfill.json.gz',
      ),
    ).toMatchObject({
      folder: 'CloudTrail-Digest',
      awsRegion: 'us-east-2',
      deliveredAt: '2015-08-17T15:01:00Z',
    });
  });

  it('is only a hint: other names tell nothing', () => {
    for (const name of [
      'event_history.csv',
      '123_CloudTrail_us-east-1_20200923T0516Z_x.json',
      '',
    ]) {
      expect(parseS3Key(name)).toBeNull();
    }
  });
});
