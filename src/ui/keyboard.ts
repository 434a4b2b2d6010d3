/** Where letters are text and not commands. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.matches('input:not([type=range]), textarea, select, [contenteditable]');

/** Keys of the whole page: each name is a `KeyboardEvent.key`. Silent while somebody types or a dialog or popover is open. */
export const shortcuts =
  (commands: Readonly<Record<string, () => void>>) =>
  (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || document.querySelector('dialog[open], :popover-open')) return;
    const command = Object.hasOwn(commands, event.key) ? commands[event.key] : undefined;
    if (!command) return;
    event.preventDefault();
    command();
  };
