import { COMMANDS, isPossible, PALETTE_KEY, type Command } from './commands';
import type { Controls } from './controls.svelte';

const FIELDS_OF_TEXT =
  'input:not([type=range], [type=checkbox], [type=radio]), textarea, [contenteditable]';

/** Where a key is text and not a command; a choice of many goes to what begins with a letter or digit. */
const isTyping = ({ target, key }: KeyboardEvent): boolean =>
  target instanceof Element &&
  (target.matches(FIELDS_OF_TEXT) || (target.matches('select') && key !== '/' && key !== '?'));

export const isApple = (): boolean => /Mac|iP(hone|ad|od)/.test(navigator.platform);

/** The keys that open what hangs on the element with the focus, where a mouse has its right button. */
export const isMenuKey = ({ key, shiftKey }: KeyboardEvent): boolean =>
  key === 'ContextMenu' || (key === 'F10' && shiftKey);

function commandOf(event: KeyboardEvent): Command | undefined {
  const mod = isApple() ? event.metaKey : event.ctrlKey;
  const other = isApple() ? event.ctrlKey : event.metaKey;
  if (event.altKey || other) return undefined;
  const key = mod ? `Mod+${event.key.toLowerCase()}` : event.key;
  return COMMANDS.find((command) => command.key === key);
}

/** Keeps what is typed for a palette that is still on its way. */
function typeAhead(event: KeyboardEvent, controls: Controls): void {
  const { key } = event;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (key === 'Escape') controls.isPaletteOpen = false;
  else if (key === 'Backspace') controls.typedAhead = controls.typedAhead.slice(0, -1);
  else if (key === 'Enter') controls.typedAhead += '\n';
  else if (key.length === 1) controls.typedAhead += key;
  else return;
  event.preventDefault();
}

const isOpen = (layers: string): boolean => document.querySelector(layers) !== null;

/**
 * Runs the command of a key. Silent while a menu is open and, but for what works there, a dialog or panel; and, but for the
 * palette's own key, while somebody types.
 */
export function runKey(event: KeyboardEvent, controls: Controls): void {
  if (event.defaultPrevented || isOpen('[role=menu]:popover-open')) return;
  const command = commandOf(event);
  if (isOpen('dialog[open], :popover-open') && !command?.inLayers) return;
  if (controls.isPaletteOpen) return typeAhead(event, controls);
  if (!command || (command.key !== PALETTE_KEY && isTyping(event))) return;
  if (!isPossible(command, controls)) return;
  event.preventDefault();
  command.run(controls);
}
