import { mount } from 'svelte';
import '../../../src/ui/tokens.css';
import '../../../src/ui/base.css';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import { createClient, type OpenAnalysis } from '../../../src/worker/client';
import { fakeAnalysis } from './fakeAnalysis';
import Gallery from './Gallery.svelte';

const wanted = new URLSearchParams(location.search);
const number = (name: string, otherwise: number): number => Number(wanted.get(name) ?? otherwise);

/** The archive at the address that `logs` names, read as the page reads it; on the development server alone. */
async function realAnalysis(address: string): Promise<OpenAnalysis> {
  const bytes = await (await fetch(address)).arrayBuffer();
  async function* files() {
    yield { path: 'logs.tar', open: async () => new File([bytes], 'logs.tar') };
  }
  return createClient().read(files(), {
    name: 'Logs',
    settings: DEFAULT_SETTINGS,
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
}

const logs = wanted.get('logs');
const analysis = logs
  ? await realAnalysis(logs)
  : fakeAnalysis(number('apis', 60), number('days', 14), number('every', 3));
mount(Gallery, { target: document.body, props: { analysis } });
