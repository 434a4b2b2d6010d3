import { describe, expect, it } from 'vitest';
import { walkPicked, type Intake } from '../../src/ui/intake/walkDropped';
import { Preferences } from '../../src/ui/preferences.svelte';
import { Session } from '../../src/ui/session.svelte';
import type { Place } from '../../src/ui/view/address';
import { opaqueId } from '../../src/ui/view/opaqueId';
import { MemoryClient } from './memoryClient';

/** An address bar of its own, with what was pushed to go back to. */
function addressBar(fragment = '') {
  const bar = {
    fragment,
    steps: 0,
    read: () => ({ fragment: bar.fragment, text: '' }),
    write: ({ fragment: next }: Place, history: 'push' | 'replace') => {
      bar.fragment = next;
      if (history === 'push') bar.steps++;
    },
  };
  return bar;
}

function start(client = new MemoryClient(), fragment = '') {
  const address = addressBar(fragment);
  return { client, address, session: new Session(client, new Preferences(), address) };
}

const files = (...names: string[]): Intake =>
  walkPicked(names.map((name) => new File(['{}'], name)))!;

async function withAnalysis() {
  const started = start();
  await started.session.add(files('a.json'));
  return started;
}

describe('reading', () => {
  it('goes from idle over reading to done, and names the analysis in the address', async () => {
    const { client, session, address } = start();
    expect(session.phase).toBe('idle');
    client.hold();
    const added = session.add(files('a.json'));
    expect(session.phase).toBe('reading');
    client.release();
    await added;
    expect(session.phase).toBe('done');
    expect(session.analysis!.name).toBe('a');
    expect(address.fragment).toBe('analysis=analysis-1');
  });

  it('adds to the open analysis', async () => {
    const { session, client } = await withAnalysis();
    await session.add(files('b.json'));
    expect(client.stored.size).toBe(1);
    expect(session.insights).toHaveLength(2);
  });

  it('lets what comes meanwhile wait, then adds it to the same analysis', async () => {
    const { session, client } = start();
    client.hold();
    const first = session.add(files('a.json'));
    void session.add(files('b.json'));
    expect(session.readings.waiting).toHaveLength(1);
    client.release();
    await first;
    expect(client.paths).toEqual(['a.json', 'b.json']);
    expect(client.stored.size).toBe(1);
    expect(session.readings.waiting).toHaveLength(0);
  });

  it('when cancelled leaves what was there before and forgets what waits', async () => {
    const { session, client } = await withAnalysis();
    const before = session.analysis;
    client.hold();
    const added = session.add(files('b.json'));
    void session.add(files('c.json'));
    session.readings.cancel();
    await added;
    expect(session.phase).toBe('done');
    expect(session.analysis).toBe(before);
    expect(client.paths).toEqual(['a.json']);
  });

  it('when cancelled at the start leads back to the start', async () => {
    const { session, client } = start();
    client.hold();
    const added = session.add(files('a.json'));
    session.readings.cancel();
    await added;
    expect(session.phase).toBe('idle');
  });

  it('goes on with what comes while a cancelled read ends', async () => {
    const { session, client } = start();
    client.hold();
    const cancelled = session.add(files('a.json'));
    session.readings.cancel();
    void session.add(files('b.json'));
    client.release();
    await cancelled;
    expect(client.paths).toEqual(['b.json']);
  });

  it('shows what is found so far, and keeps what is chosen of it', async () => {
    const { session, client, address } = start();
    client.hold();
    const added = session.add(files('a.json', 'b.json'));
    client.look('insight of a.json');
    await expect.poll(() => session.insights).toHaveLength(1);
    expect(session.phase).toBe('reading');
    expect(session.addsTo).toBeNull();
    session.select(session.insights[0]);
    client.look('insight of a.json', 'insight of b.json');
    await expect.poll(() => session.insights).toHaveLength(2);
    client.release();
    await added;
    expect(session.analysis!.isSoFar).toBeUndefined();
    expect(session.selected!.sharedEventID).toBe('insight of a.json');
    expect(address.fragment).toBe(
      `analysis=analysis-1&insight=${opaqueId('analysis-1', 'insight of a.json')}`,
    );
  });

  it('when cancelled forgets what was found so far', async () => {
    const { session, client, address } = start();
    client.hold();
    const added = session.add(files('a.json'));
    client.look('insight of a.json');
    await expect.poll(() => session.insights).toHaveLength(1);
    session.readings.cancel();
    await added;
    expect(session.analysis).toBeNull();
    expect(session.phase).toBe('idle');
    expect(address.fragment).toBe('');
  });

  it('lets settings wait that are asked for meanwhile', async () => {
    const { session, client } = start();
    client.hold();
    const added = session.add(files('a.json'));
    client.look('insight of a.json');
    await expect.poll(() => session.insights).toHaveLength(1);
    await session.detection.detect({ ...session.settings, severity: 2 });
    expect(client.detectedWith).toEqual([]);
    client.release();
    await added;
    expect(client.detectedWith).toEqual([2]);
  });

  it('that fails says why and keeps the analysis that was open', async () => {
    const { session } = await withAnalysis();
    const before = session.analysis;
    const open = () => Promise.reject(new Error('the disk is gone'));
    async function* broken() {
      yield { path: 'b.json', open };
    }
    await session.add({ name: 'b', files: broken() });
    expect(session.phase).toBe('failed');
    expect(session.failure).toBe('the disk is gone');
    expect(session.analysis).toBe(before);
  });
});

describe('the address', () => {
  it('opens the analysis it names, with the insight it names', async () => {
    const { client } = await withAnalysis();
    const insight = opaqueId('analysis-1', 'insight of a.json');
    const again = start(client, `analysis=analysis-1&insight=${insight}`).session;
    await again.start();
    expect(again.phase).toBe('done');
    expect(again.selected!.sharedEventID).toBe('insight of a.json');
  });

  it('of an analysis that is gone leads to the start screen', async () => {
    const { session, address } = start(new MemoryClient(), 'analysis=gone');
    await session.start();
    expect(session.phase).toBe('idle');
    expect(address.fragment).toBe('');
  });

  it('makes a step to go back to for every insight chosen', async () => {
    const { session, address } = await withAnalysis();
    const { steps } = address;
    session.select(session.insights[0]);
    expect(address.steps).toBe(steps + 1);
    address.fragment = 'analysis=analysis-1';
    await session.followAddress();
    expect(session.selected).toBeNull();
    expect(session.phase).toBe('done');
  });
});

describe('detecting again', () => {
  it('asks only for the newest of the settings wished for meanwhile', async () => {
    const { session, client } = await withAnalysis();
    client.hold();
    const detected = session.detection.detect({ ...session.settings, severity: 2 });
    expect(session.phase).toBe('detecting');
    for (const severity of [2.2, 2.4, 2.6])
      void session.detection.detect({ ...session.settings, severity });
    expect(session.settings.severity).toBe(2.6);
    client.release();
    await detected;
    expect(client.detectedWith).toEqual([2, 2.6]);
    expect(session.analysis!.settings.severity).toBe(2.6);
    expect(session.phase).toBe('done');
  });
});

describe('earlier analyses', () => {
  it('can be renamed and removed', async () => {
    const { session } = await withAnalysis();
    await session.rename('analysis-1', 'acme-prod');
    expect(session.earlier.all.map(({ name }) => name)).toEqual(['acme-prod']);
    session.close();
    await session.earlier.remove('analysis-1');
    expect(session.earlier.all).toEqual([]);
    expect(session.phase).toBe('idle');
  });

  it('come back when their removal is undone, until it is for good', async () => {
    const { session, client } = await withAnalysis();
    session.close();
    await session.earlier.remove('analysis-1');
    expect(session.earlier.removed?.name).toBe('a');
    await session.earlier.undoRemove();
    expect(session.earlier.removed).toBeNull();
    expect(session.earlier.all.map(({ id }) => id)).toEqual(['analysis-1']);
    await session.earlier.remove('analysis-1');
    await session.earlier.forgetRemoved();
    expect(client.stored.size).toBe(0);
  });
});
