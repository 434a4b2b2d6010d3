import { describe, expect, it } from 'vitest';
import { toMinute } from '../../../src/core/activity/minute';
import { findInsights } from '../../../src/core/analyze';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import { Detecting } from '../../../src/worker/detecting/detecting';
import DetectorWorker from '../../../src/worker/detecting/detector?worker&inline';
import { AUDITOR, makeArchive } from '../../bench/detection/archive';

const { table, coverage } = makeArchive(200, '36h');
const SETTINGS = { ...DEFAULT_SETTINGS, severity: 1 };
const OTHERS = { ...SETTINGS, mutes: [{ userIdentityArn: AUDITOR, reason: '' }], minimumCalls: 4 };
const ALONE = { first: [] };

function detectorPort(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  new DetectorWorker().postMessage(port1, [port1]);
  return port2;
}

/** The analyzer's hand over so many detectors. */
function detectingWith(detectors: number): Detecting {
  const detecting = new Detecting();
  detecting.employ(Array.from({ length: detectors }, detectorPort));
  return detecting;
}

describe('detecting', () => {
  const expected = JSON.stringify(findInsights(table, coverage, SETTINGS));

  it.each([0, 1, 2, 8])('gives the same bytes with %i detectors', async (detectors) => {
    const detecting = detectingWith(detectors);
    const logs = { table, coverage };
    expect(JSON.stringify(await detecting.whole(logs, SETTINGS))).toBe(expected);
    expect(JSON.stringify(await detecting.again(logs, OTHERS, ALONE))).toBe(
      JSON.stringify(findInsights(table, coverage, OTHERS)),
    );
    expect(JSON.stringify(await detecting.again(logs, SETTINGS, ALONE))).toBe(expected);
  });

  it.each([0, 2])('ends when a newer wish comes, with %i detectors', async (detectors) => {
    const detecting = detectingWith(detectors);
    const logs = { table, coverage };
    const [first, second] = await Promise.all([
      detecting.again(logs, OTHERS, ALONE),
      detecting.again(logs, SETTINGS, ALONE),
    ]);
    expect(first).toBeNull();
    expect(JSON.stringify(second)).toBe(expected);
  });

  it('learns logs that were opened: settings that change little find nearly all judged', async () => {
    const port = detectorPort();
    let handedOver = 0;
    const send = port.postMessage.bind(port);
    port.postMessage = (message: unknown, transfer: unknown) => {
      handedOver++;
      send(message, transfer as Transferable[]);
    };
    const detecting = new Detecting();
    detecting.employ([port, detectorPort()]);
    const logs = { table, coverage };
    await detecting.learn(logs, SETTINGS);
    expect(handedOver).toBeGreaterThan(0);
    handedOver = 0;
    expect(JSON.stringify(await detecting.again(logs, SETTINGS, ALONE))).toBe(expected);
    expect(handedOver).toBe(0);
  });

  it('learns to leave out time, and what it practises on changes nothing', async () => {
    const detecting = detectingWith(2);
    const logs = { table, coverage };
    await detecting.learn(logs, SETTINGS);
    const [{ start }] = coverage;
    const excludedSpans = [
      { start: toMinute(start + 600), end: toMinute(start + 700), reason: '' },
    ];
    for (const settings of [SETTINGS, { ...SETTINGS, excludedSpans }])
      expect(JSON.stringify(await detecting.again(logs, settings, ALONE))).toBe(
        JSON.stringify(findInsights(table, coverage, settings)),
      );
  });

  it('learns no more once there is a wish', async () => {
    const detecting = detectingWith(2);
    const logs = { table, coverage };
    const learned = detecting.learn(logs, OTHERS);
    expect(JSON.stringify(await detecting.again(logs, SETTINGS, ALONE))).toBe(expected);
    await learned;
  });

  it('is stopped', async () => {
    const detecting = detectingWith(2);
    const detected = detecting.again({ table, coverage }, SETTINGS, ALONE);
    detecting.stop();
    expect(await detected).toBeNull();
  });
});
