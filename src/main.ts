import { mount } from 'svelte';
import App from './ui/App.svelte';
import { createClient } from './worker/client';

mount(App, { target: document.body, props: { client: createClient() } });
