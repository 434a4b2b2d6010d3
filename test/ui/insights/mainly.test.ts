import { describe, expect, test } from 'vitest';
import { mainly, shortUserAgent } from '../../../src/ui/insights/mainly';
import { insight } from './insightBuilder';

const statistics = {
  baseline: { average: 4 },
  insight: { average: 50 },
  insightDuration: 5,
  baselineDuration: 10_080,
};
const attributions = [
  {
    attribute: 'userIdentityArn' as const,
    insight: [
      { value: 'arn:aws:iam::111122223333:user/loop', average: 40 },
      { value: 'arn:aws:iam::111122223333:user/calm', average: 10 },
    ],
    baseline: [{ value: 'arn:aws:iam::111122223333:user/calm', average: 4 }],
  },
  {
    attribute: 'errorCode' as const,
    insight: [{ value: 'null', average: 50 }],
    baseline: [{ value: 'null', average: 4 }],
  },
];

describe('who mainly called', () => {
  test('of a burst is who called most during it, with the share of all its calls', () => {
    expect(mainly(insight({ statistics, attributions }))).toEqual([
      {
        attribute: 'userIdentityArn',
        value: 'arn:aws:iam::111122223333:user/loop',
        share: 0.8,
      },
    ]);
  });

  test('of a drop is who called before it', () => {
    const drop = insight({ statistics, attributions, direction: 'below' });
    expect(mainly(drop)).toEqual([
      {
        attribute: 'userIdentityArn',
        value: 'arn:aws:iam::111122223333:user/calm',
        share: 1,
      },
    ]);
  });

  test('is nobody where AWS’s record has no attributions', () => {
    expect(mainly(insight())).toEqual([]);
  });

  test('is told by the first products of a long user agent, whole words', () => {
    expect(shortUserAgent('Boto3/1.35.71 md/Botocore#1.35.71 ua/2.0 os/linux')).toBe(
      'Boto3/1.35.71 …',
    );
    expect(shortUserAgent('AWS Internal')).toBe('AWS Internal');
    expect(shortUserAgent('x'.repeat(1000))).toBe(`${'x'.repeat(32)} …`);
  });
});
