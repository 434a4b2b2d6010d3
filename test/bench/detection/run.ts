import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ANCHORS, judgeAnchor } from './anchors';
import { measureCost } from './cost';
import { ALL_LENGTHS, type Length } from './generator';
import { measureArchive, measureChanges } from './live';
import { measureLogGaps } from './logGaps';
import { judgeSplit, toResultFile, type Judgement } from './judge';
import { measureSteps } from './lastingSteps';
import { nabScore, readNab } from './nab';
import {
  falseAlarms,
  recallAt,
  severityForBudget,
  shareOf,
  exactShare,
  type Judged,
} from './scorer';

const { values } = parseArgs({
  options: {
    split: { type: 'string', default: 'dev' },
    json: { type: 'string' },
    lengths: { type: 'string', default: 'all' },
    repetitions: { type: 'string', default: '3' },
    clean: { type: 'string', default: '1' },
    data: { type: 'string' },
    /** What detecting whole archives and changing settings costs, and nothing else. */
    cost: { type: 'boolean', default: false },
  },
});

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Runs one split of the yardstick and prints what the detector finds and what it gets wrong. */
function run(): void {
  const lengths = values.lengths === 'all' ? ALL_LENGTHS : (values.lengths.split(',') as Length[]);
  const before = process.cpuUsage();
  const judgement = judgeSplit(
    values.split,
    lengths,
    Number(values.repetitions),
    Number(values.clean),
  );
  const { user, system } = process.cpuUsage(before);
  const milliseconds = (user + system) / 1000;
  report(values.split, judgement, milliseconds);
  reportLogGaps(values.split, lengths);
  reportSteps(values.split);
  reportAnchors();
  reportCost();
  reportLive();
  if (values.data)
    console.log(`\nNAB, standard profile: ${nabScore(readNab(values.data)).toFixed(1)}`);
  if (values.json)
    writeFileSync(values.json, JSON.stringify(toResultFile(values.split, judgement, milliseconds)));
}

function report(split: string, { judged, minutes }: Judgement, milliseconds: number): void {
  console.log(
    `split ${split}: ${judged.length} series, ${(minutes / 1e6).toFixed(1)} million minutes,`,
  );
  console.log(
    `${((milliseconds / minutes) * 1e6).toFixed(0)} ms CPU per million with making them\n`,
  );
  for (const budget of [1, 2, 5]) reportBudget('all archives', judged, budget);
  const weekOrMore = judged.filter(({ minutes: length }) => length >= 10080);
  for (const budget of [1, 2, 5]) reportBudget('≥ 7 days   ', weekOrMore, budget);
  reportDefault(judged);
}

function reportBudget(name: string, judged: readonly Judged[], budget: number): void {
  const severity = severityForBudget(judged, budget);
  const { all, byStrength, byType } = recallAt(judged, severity);
  const strengths = byStrength.map((share) => (100 * shareOf(share)).toFixed(0)).join('/');
  console.log(
    `${name} ${budget} false per 1,000 series-days (severity ${severity.toFixed(2)}): ` +
      `found ${percent(shareOf(all))}, S1–S4 ${strengths}`,
  );
  if (budget === 5) {
    console.log(
      [...byType].map(([type, share]) => `  ${type} ${percent(shareOf(share))}`).join(''),
    );
  }
}

function reportDefault(judged: readonly Judged[]): void {
  const { mixed, byFamily } = falseAlarms(judged, 3);
  const month = falseAlarms(judged, 3, (length) => length === '30d' || length === '90d');
  const recall = recallAt(judged, 3);
  console.log(`\nat the default severity 3: ${mixed.toFixed(2)} false per 1,000 series-days,`);
  console.log(`≥ 30 days ${month.mixed.toFixed(2)}; found ${percent(shareOf(recall.all))}`);
  console.log(
    Object.entries(byFamily)
      .map(([family, rate]) => `  ${family} ${rate.toFixed(1)}`)
      .join(''),
  );
  console.log('start / end within one minute:');
  for (const [type, { start, end }] of recall.minutes) {
    console.log(
      `  ${type} ${percent(exactShare(start))} / ${percent(exactShare(end))} of ${start.length}`,
    );
  }
  console.log(`  further fragments: ${recall.fragments}`);
}

function reportLogGaps(split: string, lengths: readonly Length[]): void {
  const { gaps, causing } = measureLogGaps(split, lengths, 3);
  console.log(`\nlog gaps that cause an insight: ${causing} of ${gaps}`);
}

function reportSteps(split: string): void {
  const { steps, found } = measureSteps(split);
  console.log(
    `lasting steps ≥ 2 × or ≤ ½ in 30 and 90 days told at severity 3: ${found} of ${steps}`,
  );
}

function reportAnchors(): void {
  console.log('\nexamples AWS documents: severity, and minutes from the documented start');
  for (const { name, expected, found, elsewhere } of ANCHORS.map(judgeAnchor)) {
    const place = found
      ? `${found.score.toFixed(2)} [${found.s - expected.s}, ${found.e - expected.s})`
      : '–';
    console.log(
      `  ${name}: ${place}${elsewhere.length > 0 ? `, ${elsewhere.length} elsewhere` : ''}`,
    );
  }
}

function reportCost(): void {
  console.log('\nms CPU per million minutes of 90 days: detector, 7-day mean + 4 sigma');
  for (const { traffic, detector, awsLike } of measureCost()) {
    console.log(`  ${traffic}: ${detector.toFixed(0)}, ${awsLike.toFixed(0)}`);
  }
}

function reportLive(): void {
  for (const [name, families] of ARCHIVES) {
    console.log(
      `\nms CPU of changes in 1,000 ${name} series × 30 days, series judged again, insights`,
    );
    for (const { change, milliseconds, judged, insights } of measureChanges(1000, '30d', families))
      console.log(`  ${change}: ${milliseconds.toFixed(0)}, ${judged}, ${insights}`);
  }
  const { rows, detector, awsLike, bytesPerBucket } = measureArchive(1000, '90d');
  console.log(`\n1,000 series × 90 days on one worker, ${(rows / 1e6).toFixed(1)} million rows:`);
  console.log(
    `  ${(detector / 1000).toFixed(1)} s CPU; 7-day mean + 4 sigma ${(awsLike / 1000).toFixed(1)} s`,
  );
  console.log(`  at most ${bytesPerBucket.toFixed(2)} bytes per bucket beside the table`);
}

const ARCHIVES: readonly [string, Parameters<typeof measureChanges>[2]][] = [
  ['mixed', undefined],
  ['rare and sparse', ['rare', 'sparse']],
];

if (values.cost) {
  reportCost();
  reportLive();
} else run();
