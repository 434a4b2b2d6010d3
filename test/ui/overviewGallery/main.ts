import { mount } from 'svelte';
import '../../../src/ui/tokens.css';
import '../../../src/ui/base.css';
import { fakeAnalysis } from './fakeAnalysis';
import Gallery from './Gallery.svelte';

const wanted = new URLSearchParams(location.search);
const number = (name: string, otherwise: number): number => Number(wanted.get(name) ?? otherwise);

mount(Gallery, {
  target: document.body,
  props: { analysis: fakeAnalysis(number('apis', 60), number('days', 14), number('every', 3)) },
});
