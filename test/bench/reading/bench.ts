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
    const checked = await runRound(contestants, 0);
    const results = await runRounds(contestants, options.rounds);
    report(corpus, options, results, checked);
    const ofPeer = (peer: PeerName) => results.get(peers.get(peer)?.name ?? '');
    console.log(['', ...judge(options, results.get(page.name)!, ofPeer), ''].join('\n'));
    verify(checked);
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
type Round = ReadonlyMap<string, Measurement>;

async function runRounds(contestants: readonly Contestant[], rounds: number): Promise<Results> {
  const all: Round[] = [];
  for (let round = 1; round <= rounds; round++) all.push(await runRound(contestants, round));
  return new Map(contestants.map(({ name }) => [name, all.map((each) => each.get(name)!)]));
}

/**
 * Every round begins with another contestant, so that none always runs on what the one before left behind. Round 0 checks:
 * counts are asked for and threads looked at, and its times count for nothing.
 */
async function runRound(contestants: readonly Contestant[], round: number): Promise<Round> {
  const measured = new Map<string, Measurement>();
  for (let i = 0; i < contestants.length; i++) {
    const { name, run } = contestants[(round + i) % contestants.length];
    const measurement = await run(round === 0);
    measured.set(name, measurement);
    console.log(`round ${round}  ${name}: ${Math.round(measurement.wallMs)} ms`);
  }
  return measured;
}

function report(
  corpus: Corpus,
  { form, readers, rounds }: Options,
  results: Results,
  checked: Round,
): void {
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
    for (const [note, value] of Object.entries(checked.get(name)?.notes ?? {})) {
      const values = all.map(({ notes }) => notes?.[note] ?? value);
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
function verify(checked: Round): void {
  const counted = [...checked].flatMap(([name, { counts }]) =>
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
