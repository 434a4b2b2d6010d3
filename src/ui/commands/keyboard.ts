import { COMMANDS, isPossible, PALETTE_KEY, type Command } from './commands';
import type { Controls } from './controls.svelte';

/** Where letters are text and not commands. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.matches(
    'input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]',
  );

export const isApple = (): boolean => /Mac|iP(hone|ad|od)/.test(navigator.platform);

function commandOf(event: KeyboardEvent): Command | undefined {
  const mod = isApple() ? event.metaKey : event.ctrlKey;
  const other = isApple() ? event.ctrlKey : event.metaKey;
  if (event.altKey || other) return undefined;
  const key = mod ? `Mod+${event.key.toLowerCase()}` : event.key;
  return COMMANDS.find((command) => command.key === key);
}

/**
 * Runs the command of a key. Silent while a dialog, menu or popover is open, and, but for the palette's own key, while
 * somebody types.
 */
export function runKey(event: KeyboardEvent, controls: Controls): void {
  if (event.defaultPrevented || document.querySelector('dialog[open], :popover-open')) return;
  const command = commandOf(event);
  if (!command || (command.key !== PALETTE_KEY && isTyping(event.target))) return;
  if (!isPossible(command, controls)) return;
  event.preventDefault();
  command.run(controls);
}
