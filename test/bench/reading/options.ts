import { parseArgs } from 'node:util';
import { CORPORA, type CorpusName, type Form } from './corpus';
import { PEERS, type PeerName } from './peers';
import { peersFor } from './targets';

export interface Options {
  readonly corpus: CorpusName;
  readonly form: Form;
  readonly rounds: number;
  readonly peers: readonly PeerName[];
  /** The cores the browser claims to have: the page hires one reader per core. */
  readonly readers: number;
  /** Folder of the built page. */
  readonly page: string;
}

const FORMS: readonly Form[] = ['folder', 'tar', 'zip'];

export const HELP = `npm run bench:read -- [options]

The built page (npm run build) and its peers read the same corpus in turn. Prints medians, the ratio of the page to every
peer round by round, and which targets hold; fails where two count differently. One run a corpus and form, a few minutes each:

  --corpus M --form tar        1 GB in 6,000 files as one archive (or --form zip)
  --corpus M --form folder     the same as a folder, against only reading the files
  --corpus M --readers 1       one reader against DecompressionStream + JSON.parse
  --corpus tiny --form tar     20,000 files of five events (or --form folder)
  --corpus one                 one file of JSON lines, 500 MB, compressed
  --corpus 4G --form tar       4 GB of the same kind as M, against M (makes 1.6 GB on disk)
  --corpus many --form folder  100,000 files: when do events show?
  --corpus counted             ten million counted events: how much memory do they take? (makes 1.5 GB on disk)

  --rounds N    5 unless told, after one that checks the counts
  --peers A,B   of ${Object.keys(PEERS).join(', ')}, none or all; by default those the targets need
  --readers N   cores the browser claims, and so readers; 2 unless told
  --page DIR    the built page; dist unless told

Corpora are made once, by seed, into .bench, peers are installed there; delete what is not wanted any more. CHROMIUM and
FIREFOX may name the browsers.`;

/** Throws with the choices where an argument is none of them. */
export function parseOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      corpus: { type: 'string', default: 'M' },
      form: { type: 'string', default: 'tar' },
      rounds: { type: 'string', default: '5' },
      readers: { type: 'string', default: '2' },
      peers: { type: 'string' },
      page: { type: 'string', default: 'dist' },
    },
  });
  const options: Options = {
    corpus: oneOf(Object.keys(CORPORA) as CorpusName[], values.corpus),
    form: oneOf(FORMS, values.form),
    rounds: Number(values.rounds),
    readers: Number(values.readers),
    peers: [],
    page: values.page,
  };
  return { ...options, peers: peersIn(values.peers) ?? peersFor(options) };
}

function peersIn(names: string | undefined): PeerName[] | undefined {
  const all = Object.keys(PEERS) as PeerName[];
  if (names === 'all') return all;
  return names
    ?.split(',')
    .filter((name) => name !== '' && name !== 'none')
    .map((name) => oneOf(all, name));
}

function oneOf<T extends string>(choices: readonly T[], value: string): T {
  if (choices.includes(value as T)) return value as T;
  throw new Error(`${value} is none of ${choices.join(', ')}`);
}
