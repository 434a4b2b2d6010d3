import { SETTINGS_ID } from '../settings/settingsId';
import { valuesNear } from '../values/copyable';
import type { Controls } from './controls.svelte';

/** Something that can be done by a key, from the palette, or both; help lists it from here too. */
export interface Command {
  readonly title: string;
  /** `KeyboardEvent.key`; `Mod+` stands for Ctrl or ⌘. */
  readonly key?: string;
  /** Its key works in dialogs and panels, too. */
  readonly inLayers?: boolean;
  /** Whether it makes sense now; else always. */
  readonly when?: (controls: Controls) => boolean;
  readonly run: (controls: Controls) => void;
}

const hasDesk = ({ desk }: Controls): boolean => desk !== null;
const hasInsights = ({ desk }: Controls): boolean => desk !== null && desk.view.listed.length > 0;
const canGoBack = ({ desk, session }: Controls): boolean =>
  desk !== null &&
  (session.selected !== null || desk.view.series !== null || desk.view.overviewSpan !== null);

/** Commands press the buttons that people press, wherever these stand. */
const press = (selector: string) => (): void =>
  document.querySelector<HTMLElement>(selector)?.click();

/** A panel that is opened leaves the focus on its button, but is what is looked at. */
function focused(): HTMLElement {
  const { activeElement: active } = document;
  const panel = document.querySelector<HTMLElement>('[popover]:popover-open');
  if (panel && !panel.contains(active)) return panel;
  return active instanceof HTMLElement ? active : document.body;
}

const UNDO = '[aria-keyshortcuts=u]';
export const PALETTE_KEY = 'Mod+k';

export const COMMANDS: readonly Command[] = [
  {
    title: 'Next insight',
    key: 'n',
    when: hasInsights,
    run: ({ desk }) => desk?.step(1),
  },
  {
    title: 'Previous insight',
    key: 'p',
    when: hasInsights,
    run: ({ desk }) => desk?.step(-1),
  },
  { title: 'Filter the list', key: '/', when: hasDesk, run: ({ desk }) => desk?.focusFilter() },
  {
    title: 'Clear all filters',
    when: ({ desk }) => desk?.view.narrowed ?? false,
    run: ({ desk }) => desk?.view.clear(),
  },
  { title: 'Go to the overview', key: '1', when: hasDesk, run: ({ desk }) => desk?.showOverview() },
  { title: 'Go to the list', key: '2', when: hasDesk, run: ({ desk }) => desk?.showList() },
  { title: 'Go to the details', key: '3', when: hasDesk, run: ({ desk }) => desk?.showDetails() },
  {
    title: 'Group the overview: none, service, account, Region',
    key: 'g',
    when: hasDesk,
    run: ({ desk }) => desk?.nextGrouping(),
  },
  {
    title: 'Values of what is chosen: only these, without, leave out, copy',
    key: 'v',
    when: ({ desk }) => desk !== null && desk.values.length > 0,
    run: ({ desk, valueMenu }) => valueMenu.open(desk!.values, desk!.valuesAnchor),
  },
  {
    title: 'Copy a value of what has the focus',
    key: 'c',
    inLayers: true,
    when: () => valuesNear(focused()).length > 0,
    run: ({ valueMenu }) => valueMenu.open(valuesNear(focused()), focused()),
  },
  { title: 'Back', key: 'Escape', when: canGoBack, run: ({ desk }) => void desk?.leave() },
  {
    title: 'All commands, APIs and identities',
    key: PALETTE_KEY,
    run: (controls) => controls.openPalette(),
  },
  { title: 'Help', key: '?', run: (controls) => (controls.isHelping = true) },
  {
    title: 'Undo the last change of the settings',
    key: 'u',
    when: () => document.querySelector(UNDO) !== null,
    run: press(UNDO),
  },
  { title: 'Detection settings', when: hasDesk, run: press(`#${SETTINGS_ID}`) },
  {
    title: 'Ledger of files and records',
    when: hasDesk,
    run: press('[data-testid=ledger] button'),
  },
  {
    title: 'Switch between UTC and local time',
    run: ({ session }) => session.setZone(session.zone === 'UTC' ? 'local' : 'UTC'),
  },
  {
    title: 'Theme: automatic, light, dark',
    run: ({ session }) => session.preferences.nextTheme(),
  },
  { title: 'Add log files', run: ({ intake }) => intake.chooseFiles() },
  { title: 'Add a folder of logs', run: ({ intake }) => intake.chooseFolder() },
  {
    title: 'Open the sample trail',
    when: (controls) => !hasDesk(controls),
    run: ({ intake }) => intake.openSample(),
  },
  {
    title: 'Start screen',
    when: ({ session }) => session.analysis !== null,
    run: ({ session }) => session.close(),
  },
];

export const isPossible = ({ when }: Command, controls: Controls): boolean =>
  when?.(controls) ?? true;

const KEY_WORDS: Readonly<Record<string, string>> = { Escape: 'Esc', 'Mod+k': 'Ctrl K' };
const APPLE_KEY_WORDS: Readonly<Record<string, string>> = { Escape: 'esc', 'Mod+k': '⌘ K' };

/** How a key is written on the keyboard in front of the reader. */
export const keyWords = (key: string, isApple: boolean): string =>
  (isApple ? APPLE_KEY_WORDS : KEY_WORDS)[key] ?? key;
