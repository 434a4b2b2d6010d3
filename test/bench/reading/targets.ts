import type { Measurement } from './measurement';
import { median } from './measurement';
import type { Options } from './options';
import type { PeerName } from './peers';

/** What reading has to reach on two cores: medians of the ratios round by round, and bounds of the page alone. */

interface Target {
  readonly what: string;
  readonly appliesTo: (options: Options) => boolean;
  /** What it is held against; null for a bound of the page alone. */
  readonly peer: PeerName | null;
  /** The figure of one round. */
  readonly figure: (page: Measurement, peer: Measurement) => number;
  readonly must: number;
  readonly aim: number;
}

const wallRatio = (page: Measurement, peer: Measurement): number => page.wallMs / peer.wallMs;
const note =
  (name: string) =>
  (page: Measurement): number =>
    page.notes![name];

const readers2 = ({ readers }: Options): boolean => readers === 2;
const isArchiveOf =
  (name: Options['corpus']) =>
  (options: Options): boolean =>
    readers2(options) && options.corpus === name && options.form !== 'folder';
const isFolderOf =
  (name: Options['corpus']) =>
  (options: Options): boolean =>
    readers2(options) && options.corpus === name && options.form === 'folder';
const isOneOf =
  (...names: Options['corpus'][]) =>
  ({ corpus }: Options): boolean =>
    names.includes(corpus);

const TARGETS: readonly Target[] = [
  {
    what: 'M as an archive / DuckDB',
    appliesTo: isArchiveOf('M'),
    peer: 'duckdb',
    figure: wallRatio,
    must: 0.6,
    aim: 0.45,
  },
  {
    what: 'M as an archive / gzip -dc',
    appliesTo: isArchiveOf('M'),
    peer: 'gzip',
    figure: wallRatio,
    must: 0.7,
    aim: 0.5,
  },
  {
    what: 'tiny as an archive / DuckDB',
    appliesTo: isArchiveOf('tiny'),
    peer: 'duckdb',
    figure: wallRatio,
    must: 0.4,
    aim: 0.3,
  },
  {
    what: 'one / DuckDB',
    appliesTo: (options) => readers2(options) && options.corpus === 'one',
    peer: 'duckdb',
    figure: wallRatio,
    must: 0.6,
    aim: 0.45,
  },
  {
    what: 'folder of M / only reading its files',
    appliesTo: isFolderOf('M'),
    peer: 'floor',
    figure: wallRatio,
    must: 1.5,
    aim: 1.25,
  },
  {
    what: 'folder of tiny / only reading its files',
    appliesTo: isFolderOf('tiny'),
    peer: 'floor',
    figure: wallRatio,
    must: 1.2,
    aim: 1.1,
  },
  {
    what: 'one reader / DecompressionStream + JSON.parse',
    appliesTo: ({ corpus, form, readers }) => readers === 1 && corpus === 'M' && form !== 'folder',
    peer: 'obvious',
    figure: wallRatio,
    must: 0.33,
    aim: 0.25,
  },
  {
    what: '4 GB / 1 GB',
    appliesTo: isOneOf('4G'),
    peer: 'quarter',
    figure: wallRatio,
    must: 4.4,
    aim: 4.1,
  },
  {
    what: 'Firefox / Chromium',
    appliesTo: isArchiveOf('M'),
    peer: 'firefox',
    figure: (page, peer) => peer.wallMs / page.wallMs,
    must: 2,
    aim: 1.3,
  },
  {
    what: 'largest renderer, MB',
    appliesTo: isOneOf('M', '4G'),
    peer: null,
    figure: note('peakRssMb'),
    must: 400,
    aim: 256,
  },
  {
    what: 'largest renderer, MB',
    appliesTo: isOneOf('counted'),
    peer: null,
    figure: note('peakRssMb'),
    must: 1000,
    aim: 800,
  },
  {
    what: 'longest task of the page while reading, ms',
    appliesTo: () => true,
    peer: null,
    figure: note('longestTaskMs'),
    must: 50,
    aim: 50,
  },
  {
    what: 'first events of 100,000 files, s',
    appliesTo: isOneOf('many'),
    peer: null,
    figure: (page) => page.notes!.firstEventsMs / 1000,
    must: 5,
    aim: 2,
  },
];

/** Which peers a run needs for its targets. */
export const peersFor = (options: Options): PeerName[] => [
  ...new Set(
    TARGETS.filter(({ appliesTo }) => appliesTo(options)).flatMap(({ peer }) => peer ?? []),
  ),
];

/** One line a target; `ofPeer` has no rounds of a peer that is not to be had. */
export function judge(
  options: Options,
  ours: readonly Measurement[],
  ofPeer: (peer: PeerName) => readonly Measurement[] | undefined,
): string[] {
  return TARGETS.filter(({ appliesTo }) => appliesTo(options)).map((target) => {
    const { what, peer, figure, must, aim } = target;
    const theirs = peer === null ? ours : ofPeer(peer);
    const bounds = `must ≤ ${must}, aim ≤ ${aim}`;
    if (!theirs) return `${what.padEnd(48)}      –  ${bounds}: not measured`;
    const value = median(ours.map((page, round) => figure(page, theirs[round])));
    const verdict = value <= aim ? 'the aim is reached' : value <= must ? 'holds' : 'DOES NOT HOLD';
    return `${what.padEnd(48)} ${value.toFixed(2).padStart(6)}  ${bounds}: ${verdict}`;
  });
}
