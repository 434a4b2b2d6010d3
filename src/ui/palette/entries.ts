import { COMMANDS, isPossible, PALETTE_KEY } from '../commands/commands';
import type { Controls } from '../commands/controls.svelte';
import type { Desk } from '../desk.svelte';
import { SEVERITY_STOPS } from '../header/severityStops';
import { fieldColumnsOf } from '../insights/fieldColumns';
import { FIELD_WORDS, shortIdentity } from '../insights/insightValues';
import { seriesOf } from '../overview/seriesOf';
import { OFFERED_FORMS } from '../share/forms';
import { serviceOf } from '../timeline/words';
import { valuesOfInsight } from '../values/logValues';
import type { Searchable } from './fuzzy';

/** Something the palette finds. */
export interface Entry extends Searchable {
  readonly kind: 'Command' | 'Filter' | 'API' | 'Identity' | 'Analysis' | 'Share';
  readonly title: string;
  /** Beside the title: where the API is, what the form is for. */
  readonly about: string;
  readonly key?: string;
  readonly run: () => void;
}

type Made = Omit<Entry, 'text' | 'lower'>;

function toEntry(made: Made): Entry {
  const text = `${made.title} ${made.about} ${made.kind}`;
  return { ...made, text, lower: text.toLowerCase() };
}

/** Everything that can be done or gone to now: commands first, then all APIs and identities. */
export function entriesOf(controls: Controls): readonly Entry[] {
  const { desk } = controls;
  return [
    ...commandEntries(controls),
    ...(desk
      ? [...filterEntries(desk), ...severityEntries(controls), ...shareEntries(controls)]
      : []),
    ...analysisEntries(controls),
    ...(desk ? [...apiEntries(controls, desk), ...identityEntries(desk)] : []),
  ].map(toEntry);
}

const commandEntries = (controls: Controls): Made[] =>
  COMMANDS.filter((command) => command.key !== PALETTE_KEY && isPossible(command, controls)).map(
    ({ title, key, run }) => ({ kind: 'Command', title, about: '', key, run: () => run(controls) }),
  );

/** Nothing can be judged again in what came without its logs. */
const severityEntries = ({ session }: Controls): Made[] =>
  (session.analysis?.received?.isPartial ? [] : SEVERITY_STOPS).map(({ name, severity }) => ({
    kind: 'Command',
    title: `Severity ${severity}: ${name}`,
    about: 'detect again',
    run: () => void session.detection.detect({ ...session.settings, severity }),
  }));

const shareEntries = (controls: Controls): Made[] =>
  OFFERED_FORMS.map(({ id, title }) => ({
    kind: 'Share',
    title,
    about: 'share or export',
    run: () => (controls.sharing = id),
  }));

const analysisEntries = ({ session }: Controls): Made[] =>
  session.earlier.all
    .filter(({ id }) => id !== session.analysis?.id)
    .map(({ id, name }) => ({
      kind: 'Analysis',
      title: name,
      about: 'open earlier analysis',
      run: () => void session.open(id),
    }));

/** Values of the insight in front, to ask for or to leave out of the list. */
function filterEntries(desk: Desk): Made[] {
  const insight = desk.shown;
  if (!insight) return [];
  return valuesOfInsight(insight).flatMap(({ field, what, value }) =>
    [false, true].map((without) => ({
      kind: 'Filter' as const,
      title: `${without ? 'Without' : 'Only'} ${what} ${value}`,
      about: '',
      run: () => desk.view.ask({ field: field!, value, without }),
    })),
  );
}

function apiEntries({ session }: Controls, desk: Desk): Made[] {
  const { judged } = session;
  if (!judged) return [];
  return seriesOf(judged.table, judged.settings.readEvents).map(({ key }) => ({
    kind: 'API',
    title: key.errorCode === undefined ? key.eventName : `${key.eventName} ${key.errorCode}`,
    about: `${serviceOf(key.eventSource)} · ${key.awsRegion} · ${key.recipientAccountId}`,
    run: () => desk.openSeries(key),
  }));
}

const identityEntries = (desk: Desk): Made[] =>
  (fieldColumnsOf(desk.view.all).find(({ field }) => field === 'identity')?.values ?? []).map(
    (value) => ({
      kind: 'Identity',
      title: shortIdentity(value),
      about: `only insights with this ${FIELD_WORDS.identity}`,
      run: () => desk.view.ask({ field: 'identity', value, without: false }),
    }),
  );
