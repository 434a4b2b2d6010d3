import { createContext } from 'svelte';
import type { Session } from '../session.svelte';

/** The session for everything that is passed on, wherever its button stands. */
export const [getShareSession, setShareSession] = createContext<Session>();
