import { parseArgs } from 'node:util';
import { CORPORA, type CorpusName, type Form } from './corpus';
import { PEERS, type PeerName } from './peers';

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

/** Throws with the choices where an argument is none of them. */
export function parseOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      corpus: { type: 'string', default: 'M' },
      form: { type: 'string', default: 'tar' },
      rounds: { type: 'string', default: '5' },
      readers: { type: 'string', default: '2' },
      peers: { type: 'string', default: Object.keys(PEERS).join(',') },
      page: { type: 'string', default: 'dist' },
    },
  });
  return {
    corpus: oneOf(Object.keys(CORPORA) as CorpusName[], values.corpus),
    form: oneOf(FORMS, values.form),
    rounds: Number(values.rounds),
    readers: Number(values.readers),
    peers: values.peers
      .split(',')
      .filter((name) => name !== '' && name !== 'none')
      .map((name) => oneOf(Object.keys(PEERS) as PeerName[], name)),
    page: values.page,
  };
}

function oneOf<T extends string>(choices: readonly T[], value: string): T {
  if (choices.includes(value as T)) return value as T;
  throw new Error(`${value} is none of ${choices.join(', ')}`);
}
