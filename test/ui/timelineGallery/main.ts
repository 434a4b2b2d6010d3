import { mount } from 'svelte';
import '../../../src/ui/tokens.css';
import Gallery from './Gallery.svelte';

mount(Gallery, { target: document.body });
