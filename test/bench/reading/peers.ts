import { join } from 'node:path';
import { builtPage } from './builtPage';
import { duckdb } from './duckdb';
import { firefoxPage } from './firefoxPage';
import { gunzipCommand, type Gunzip } from './gunzip';
import type { CorpusName, Form } from './corpus';
import type { Contestant } from './measurement';
import { obviousPage, readingFloor } from './obviousPage';

export interface PeerSetting {
  /** `.bench`. */
  readonly home: string;
  readonly corpus: CorpusName;
  readonly form: Form;
  readonly readers: number;
  /** Folder of the built page. */
  readonly page: string;
}

/** Reads M with the page where the corpus is 4G: another corpus, so with other counts. */
export const QUARTER = 'the page, M';

const command = (name: Gunzip) => (setting: PeerSetting) =>
  gunzipCommand(name, setting.home, setting.corpus);

/** By the name to give after `--peers`; null where a peer is not to be had on this machine. */
export const PEERS = {
  duckdb: ({ home, corpus }: PeerSetting) => duckdb(join(home, 'peers'), home, corpus),
  libdeflate: command('libdeflate-gunzip'),
  gzip: command('gzip'),
  obvious: obviousPage,
  floor: readingFloor,
  firefox: firefoxPage,
  quarter: (setting: PeerSetting) => builtPage(QUARTER, { ...setting, corpus: 'M' }),
} satisfies Record<string, (setting: PeerSetting) => Promise<Contestant | null>>;

export type PeerName = keyof typeof PEERS;
