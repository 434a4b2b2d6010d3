import { expose } from 'comlink';
import { judgementOf, type Judgement, type SeriesToJudge } from '../../core/detection/judgement';
import type { CandidateSettings } from '../../core/insights/judgeSeries';

/** A worker that judges series and holds nothing; there is one per core. */
export class Detector {
  judge(series: readonly SeriesToJudge[], settings: CandidateSettings): Judgement[] {
    return series.map((each) => judgementOf(each, settings));
  }
}

/** The page hands the port on to the analyzer, which is whom it works for. */
self.addEventListener('message', ({ data }: MessageEvent<MessagePort>) =>
  expose(new Detector(), data),
);
