import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFaults } from '../support/axe';
import { openSample, serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';
import { insightRecord } from '../support/insightRecord';

/** Accounts of the sample trail, and its users, roles, sessions and addresses. */
const ACCOUNTS = ['111122223333', '444455556666'];
const NAMES = [
  'ci-artifacts',
  'ci-deploy',
  'web-server',
  'security-posture-scanner',
  'MonitoringIntegration',
  'acme.example',
  '203.0.113.24',
];

interface Saved {
  readonly name: string;
  readonly bytes: Buffer;
}

async function saved(page: Page, testId: string): Promise<Saved> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId(testId).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

interface Shared {
  readonly trailglass: { readonly events: readonly unknown[] };
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Share' });

async function openDialog(page: Page): Promise<void> {
  await page.getByTestId('share').click();
  await dialog(page).locator('[data-value-class=accountIds]').waitFor();
}

/** Saves in a form of the dialog, which stays open. */
async function exported(page: Page, form: string): Promise<Saved> {
  await dialog(page).getByRole('radio', { name: form, exact: true }).check();
  return saved(page, 'share-save');
}

const drop = (page: Page, name: string, bytes: Buffer | string) =>
  page.getByTestId('files-input').setInputFiles({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(bytes),
  });

const rows = (page: Page) => page.getByTestId('insight-row');

/** What the rows say but for what redaction changes: accounts and names. */
const listed = (page: Page) =>
  rows(page).evaluateAll((all) =>
    all.map((row) => {
      const { eventName, eventSource, insightType, start, end, found } = (row as HTMLElement)
        .dataset;
      return [eventName, eventSource, insightType, start, end, found].join(' ');
    }),
  );

describe('sharing the sample', () => {
  let built: BuiltPage;
  let page: Page;
  let file: Saved;
  let keyMap: Saved;
  let withEvents: Saved;

  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open({ viewport: { width: 1440, height: 1400 } });
    await openSample(page);
    await openDialog(page);
    file = await exported(page, 'Insights JSON, to share');
    keyMap = await saved(page, 'share-key-map');
  });
  afterAll(() => built.close());

  it('shows which values would leave, and what they turn into, class by class', async () => {
    const classes = dialog(page).locator('[data-value-class]');
    expect(await classes.count()).toBe(8);
    for (const each of await classes.all()) expect(await each.isChecked()).toBe(true);
    await dialog(page).getByRole('button', { name: 'Preview of Account IDs' }).click();
    const preview = dialog(page).getByRole('region', { name: 'Values: Account IDs' });
    expect(await preview.innerText()).toMatch(/^\d{12}\n→ 9000000000\d\d/);
  });

  it('hides accounts and people unless asked otherwise, in every form', async () => {
    const text = file.bytes.toString('utf8');
    expect(file.name).toMatch(/^insights-redacted-\d{4}-/);
    expect(JSON.parse(text).Records.length).toBeGreaterThan(4);
    const forms = [text];
    for (const form of [
      'HTML report',
      'Graph, SVG',
      'Insights list, CSV',
      'Minute counts, CSV',
      'Metric data, sparse',
      'EventBridge entries',
      'CloudWatch Logs lines',
    ]) {
      forms.push((await exported(page, form)).bytes.toString('utf8'));
    }
    const { bytes } = await exported(page, 'S3 layout, zip');
    forms.push(Object.keys(unzipSync(bytes)).join('\n'));
    for (const each of forms) {
      expect(each.length).toBeGreaterThan(500);
      for (const value of [...ACCOUNTS, ...NAMES]) expect(each.includes(value)).toBe(false);
    }
  });

  it('draws the graph as a picture', async () => {
    const { name, bytes } = await exported(page, 'Graph, PNG');
    expect(name).toMatch(/^insight-graph-.*\.png$/);
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.readUInt32BE(16)).toBe(1920);
  });

  it('leaves in clear what is switched off, and says so', async () => {
    await dialog(page).getByRole('radio', { name: 'Insights list, CSV' }).check();
    await dialog(page).locator('[data-value-class=accountIds]').uncheck();
    await dialog(page).getByText('in clear', { exact: true }).waitFor();
    const text = (await saved(page, 'share-save')).bytes.toString('utf8');
    expect(ACCOUNTS.some((account) => text.includes(account))).toBe(true);
    for (const name of NAMES) expect(text).not.toContain(name);
    await dialog(page).locator('[data-value-class=accountIds]').check();
  });

  it('takes the CloudTrail events along where that is ticked, hidden like all else', async () => {
    await dialog(page).getByRole('radio', { name: 'Insights JSON, to share' }).check();
    await expect
      .poll(async () => {
        await page.getByTestId('share-events').uncheck();
        await page.getByTestId('share-events').check();
        const { bytes } = await saved(page, 'share-save');
        return (JSON.parse(bytes.toString('utf8')) as Shared).trailglass.events.length;
      })
      .toBeGreaterThan(3);
    withEvents = await saved(page, 'share-save');
    const text = withEvents.bytes.toString('utf8');
    for (const value of [...ACCOUNTS, ...NAMES]) expect(text.includes(value)).toBe(false);
    await page.getByTestId('share-events').uncheck();
  });

  it('has nothing serious for axe in its dialog', async () => {
    expect(await seriousFaults(page)).toEqual([]);
  });

  describe('with somebody who has only the file', () => {
    let theirs: Page;
    beforeAll(async () => {
      await dialog(page).getByRole('button', { name: 'Close' }).click();
      theirs = await built.open({ viewport: { width: 1440, height: 1400 } });
      await drop(theirs, 'from-a-colleague.json', file.bytes);
      expect(await settled(theirs)).toBe('done');
    });

    it('lists the same insights', async () => {
      expect(await listed(theirs)).toEqual(await listed(page));
      expect(await theirs.getByRole('heading', { name: 'from-a-colleague' }).count()).toBe(1);
    });

    it('draws their graphs, attributions and reasons', async () => {
      await rows(theirs).first().click();
      await theirs.getByText('expected range').first().waitFor();
      await theirs.getByText('Top user identity ARNs').waitFor();
      await rows(page).first().click();
      for (const each of [theirs, page])
        await each.getByRole('tab', { name: 'Why', exact: true }).click();
      const words = (of: Page) => of.getByRole('tabpanel').innerText();
      expect(await words(theirs)).toBe(await words(page));
    });

    it('says that nothing can be judged again', async () => {
      expect(await theirs.getByRole('slider', { name: 'severity' }).isDisabled()).toBe(true);
    });

    it('exports the same bytes again', async () => {
      await openDialog(theirs);
      const again = await exported(theirs, 'Insights JSON, to share');
      expect(again.bytes.equals(file.bytes)).toBe(true);
      await dialog(theirs).getByRole('button', { name: 'Close' }).click();
    });

    it('is there after a reload', async () => {
      await theirs.reload();
      expect(await settled(theirs)).toBe('done');
      expect(await listed(theirs)).toEqual(await listed(page));
    });

    it('shows the CloudTrail events that came with it, and passes them on', async () => {
      const other = await built.open({ viewport: { width: 1440, height: 1400 } });
      await drop(other, 'with-events.json', withEvents.bytes);
      expect(await settled(other)).toBe('done');
      await rows(other).filter({ hasText: 'CreateAccessKey' }).click();
      await other.getByRole('tab', { name: 'CloudTrail events' }).click();
      const events = other.getByRole('grid', { name: 'CloudTrail events' }).getByRole('row');
      await events.nth(1).waitFor();
      expect(await events.nth(1).innerText()).toContain('identity-');
      await openDialog(other);
      const again = await exported(other, 'Insights JSON, to share');
      expect(again.bytes.equals(withEvents.bytes)).toBe(true);
    });

    it('reads in clear with the key map', async () => {
      await drop(theirs, keyMap.name, keyMap.bytes);
      await theirs
        .getByLabel('Insight details')
        .getByText(/111122223333|444455556666/)
        .first()
        .waitFor();
      const clear = async (of: Page) => (await saved(of, 'export-insights')).bytes.toString('utf8');
      expect(await clear(theirs)).toBe(await clear(page));
    });
  });
});

const aws = (state: 'Start' | 'End', minute: string, duration: number) =>
  insightRecord(state, `2026-01-10T10:${minute}:00Z`, 12.5, duration);

describe('Insights events that AWS wrote', () => {
  let built: BuiltPage;
  beforeAll(async () => {
    built = await serveBuiltPage();
  });
  afterAll(() => built.close());

  it('are an analysis of their own where they come without logs', async () => {
    const page = await built.open({ viewport: { width: 1440, height: 1000 } });
    const Records = [aws('Start', '05', 5), aws('End', '12', 7)];
    await drop(page, 'aws.json', JSON.stringify({ Records }));
    expect(await settled(page)).toBe('done');
    expect(await listed(page)).toEqual([
      'CreateUser iam.amazonaws.com ApiCallRateInsight 2026-01-10T10:05:00Z 2026-01-10T10:12:00Z AWS',
    ]);
    await rows(page).first().click();
    await page.getByText('Only AWS recorded this insight').waitFor();
    await page.getByText('arn:aws:iam::123456789012:user/Alice').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('stand beside ours in the sample, found by both', async () => {
    const page = await built.open({ viewport: { width: 1440, height: 1400 } });
    await openSample(page);
    await page.getByLabel('Filter by who found it').selectOption('AWS and Trailglass');
    expect(await rows(page).count()).toBe(1);
    expect(await rows(page).getAttribute('data-event-name')).toBe('UpdateInstanceInformation');
    await rows(page).first().click();
    await page.getByText('AWS found it too, in the same minutes').click();
    await page.getByRole('row', { name: /^Difference same minute same minute/ }).waitFor();
    await page.getByText('insight as AWS recorded it').waitFor();
  });

  it('that cannot be used are told with path and value', async () => {
    const page = await built.open();
    const broken = aws('Start', '05', 5);
    const Records = [aws('Start', '05', 5), { ...broken, eventID: 'x', eventTime: 'yesterday' }];
    await drop(page, 'aws.json', JSON.stringify({ Records }));
    expect(await settled(page)).toBe('done');
    await page.getByRole('button', { name: 'Ledger' }).first().click();
    const told = /eventTime: expected a time such as .*, found "yesterday"/;
    await page.getByTestId('ledger').getByText(told).waitFor();
    await page.getByRole('paragraph').filter({ hasText: told }).waitFor();
  });
});

describe('hostile shared files', () => {
  let built: BuiltPage;
  let page: Page;
  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open();
  });
  afterAll(() => built.close());

  it.each([
    ['of a newer version', { Records: [], trailglass: { schemaVersion: 99 } }, /found 99/],
    [
      'without their members',
      { Records: [], trailglass: { schemaVersion: 1 } },
      /trailglass\.scope: expected .* found nothing/,
    ],
    ['that are no object', { Records: [], trailglass: 'all' }, /trailglass.*found "all"/],
    [
      'that are a key map without an analysis',
      { trailglassKeyMap: 1, pseudonyms: [] },
      /open that one first/,
    ],
    [
      'that reach for prototypes',
      `{"Records":[],"trailglass":{"schemaVersion":1,"__proto__":{}}}`,
      /trailglass\.__proto__: a member of this name is refused/,
    ],
    [
      'nested without end',
      `{"Records":[],"trailglass":${'['.repeat(5000)}`,
      /Nested deeper than 64 levels/,
    ],
  ])('%s are refused with a message', async (_, content, message) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await drop(page, 'hostile.json', text);
    await page.getByRole('alert').filter({ hasText: message }).waitFor();
    expect(await page.getByTestId('analysis').getAttribute('data-state')).toBe('failed');
  });
});
