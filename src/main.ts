import { mount } from 'svelte';
import App from './ui/App.svelte';
import { nextTask } from './ui/parts/turns';
import { createClient } from './worker/client';

// Evaluating the scripts is a task of its own, as long as drawing the first screen.
void nextTask().then(() =>
  mount(App, { target: document.body, props: { client: createClient() } }),
);
