import { resolve } from 'node:path';
import { builtPage } from './builtPage';
import { ensureCorpus, type Corpus } from './corpus';
import { median, type Contestant, type Measurement } from './measurement';
import { HELP, parseOptions, type Options } from './options';
import { PEERS, QUARTER, type PeerName } from './peers';
import { judge } from './targets';

const HOME = '.bench';

/** Page and peers read the same corpus in turn; prints medians and pairwise ratios, fails where counts differ. */
export async function bench(args: string[]): Promise<void> {
  if (args.includes('--help')) return console.log(HELP);
  const options = parseOptions(args);
  console.log(`Corpus ${options.corpus}: made once, then kept in ${HOME}.`);
  const corpus = await ensureCorpus(HOME, options.corpus);
  if (options.peers.includes('quarter')) await ensureCorpus(HOME, 'M');
  const { page, peers } = await contestantsFor(options);
  const contestants = [page, ...peers.values()];
  try {
    const results = await runRounds(contestants, options.rounds);
    report(corpus, options, results);
    const ofPeer = (peer: PeerName) => results.get(peers.get(peer)?.name ?? '');
    console.log(['', ...judge(options, results.get(page.name)!, ofPeer), ''].join('\n'));
    verify(results);
  } finally {
    for (const contestant of contestants) await contestant.close?.();
  }
}

interface Contestants {
  readonly page: Contestant;
  /** Those that are to be had. */
  readonly peers: ReadonlyMap<PeerName, Contestant>;
}

async function contestantsFor({
  corpus,
  form,
  readers,
  ...options
}: Options): Promise<Contestants> {
  const setting = { home: resolve(HOME), corpus, form, readers, page: resolve(options.page) };
  const peers = new Map<PeerName, Contestant>();
  for (const name of options.peers) {
    const peer = await PEERS[name](setting);
    if (peer !== null) peers.set(name, peer);
  }
  return { page: await builtPage('the page', setting), peers };
}

type Results = ReadonlyMap<string, readonly Measurement[]>;

/** Every round begins with another contestant, so that none always runs on what the one before left behind. */
async function runRounds(contestants: readonly Contestant[], rounds: number): Promise<Results> {
  const results = new Map<string, Measurement[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < contestants.length; i++) {
      const { name, run } = contestants[(round + i) % contestants.length];
      const measurement = await run(round === 0);
      results.get(name)!.push(measurement);
      console.log(`round ${round + 1}  ${name}: ${Math.round(measurement.wallMs)} ms`);
    }
  }
  return results;
}

function report(corpus: Corpus, { form, readers, rounds }: Options, results: Results): void {
  const megabytes = corpus.bytes / 1e6;
  console.log(
    `\n${corpus.name} as ${form}: ${corpus.files} files, ${corpus.records} records, ${megabytes.toFixed(0)} MB of JSON` +
      ` (${(corpus.compressedBytes / 1e6).toFixed(1)} MB compressed), ${readers} readers, ${rounds} rounds\n`,
  );
  const [[, ours]] = results;
  for (const [name, all] of results) {
    const wall = median(all.map(({ wallMs }) => wallMs));
    console.log(
      [
        name.padEnd(36),
        `${wall.toFixed(0)} ms`.padStart(9),
        `${((megabytes * 1000) / wall).toFixed(0)} MB/s`.padStart(10),
        `${median(all.map(({ cpuMs }) => cpuMs)).toFixed(0)} CPU ms`.padStart(14),
        ...(all === ours
          ? []
          : ['  page / this:', ratios(ours, all, 'wallMs'), 'CPU', ratios(ours, all, 'cpuMs')]),
      ].join(' '),
    );
    for (const note of Object.keys(all[0].notes ?? {})) {
      const values = all.map(({ notes }) => notes![note]);
      const largest = Math.max(...values);
      console.log(
        `    ${note.padEnd(24)} median ${median(values).toFixed(0)}, largest ${largest.toFixed(0)}`,
      );
    }
  }
}

/** Median and range of the ratios round by round. */
function ratios(
  ours: readonly Measurement[],
  theirs: readonly Measurement[],
  what: 'wallMs' | 'cpuMs',
): string {
  const each = ours.map((our, round) => our[what] / theirs[round][what]);
  return `${median(each).toFixed(2)} [${Math.min(...each).toFixed(2)} … ${Math.max(...each).toFixed(2)}]`;
}

/** Throws where two contestants count differently. */
function verify(results: Results): void {
  const counted = [...results].flatMap(([name, [{ counts }]]) =>
    counts && name !== QUARTER ? [{ name, counts }] : [],
  );
  for (const { name, counts } of counted) {
    console.log(`${name}: ${counts.rows} rows, ${counts.calls} calls, sha256 ${counts.sha256}`);
  }
  if (new Set(counted.map(({ counts }) => counts.sha256)).size > 1) {
    throw new Error('the counts differ');
  }
  console.log(counted.length > 1 ? 'All counts are equal.' : 'Nothing to compare the counts with.');
}
