import type { Analysis } from '../../core/analysis';
import {
  prepareExport,
  type ExportChoice,
  type PreparedExport,
} from '../../core/export/prepareExport';
import { insightsJson } from '../../core/export/insightsJson';
import { ledgerJson } from '../../core/export/ledgerJson';
import { minuteCountsCsv } from '../../core/export/minuteCounts';
import { keyMapJson } from '../../core/export/redact/keyMap';
import type { EventsOfInsight } from '../../core/export/shared/sharedAnalysis';
import { valuesLeaving, type ExportPreview } from './exportPreview';
import type { Held } from './keptAnalyses';

/** An export and what it was made of. */
interface Prepared {
  readonly analysis: Analysis;
  readonly key: string;
  readonly prepared: PreparedExport;
}

/** Files to pass on. Holds the export that was prepared last. */
export class Exporting {
  #last: Prepared | undefined;

  /** `eventsOf`: the raw events of every insight that has them. */
  constructor(
    private readonly eventsOf: (id: string, analysis: Analysis) => Promise<EventsOfInsight[]>,
  ) {}

  /** Which values an export would let out, and what they become. */
  async preview(held: Held, choice: ExportChoice): Promise<ExportPreview> {
    const events = await this.#events(held, choice);
    return {
      values: valuesLeaving(this.#prepare(held, choice, events)),
      insightsWithEvents: events.length,
    };
  }

  async exportAs(held: Held, choice: ExportChoice): Promise<Blob> {
    const events = await this.#events(held, choice);
    const { pieces, type } = this.#prepare(held, choice, events);
    return new Blob([...pieces()] as BlobPart[], { type });
  }

  /** What reads the export of the same choice in clear again. */
  async keyMap(held: Held, choice: ExportChoice): Promise<Blob> {
    const { pseudonyms } = this.#prepare(held, choice, await this.#events(held, choice));
    return jsonBlob(keyMapJson(pseudonyms));
  }

  async #events({ summary, analysis }: Held, choice: ExportChoice): Promise<EventsOfInsight[]> {
    return choice.events ? this.eventsOf(summary.id, analysis) : [];
  }

  /** Preview, file and key map of one choice are asked for one after the other, and redacting takes a while. */
  #prepare(
    { summary, analysis }: Held,
    choice: ExportChoice,
    events: readonly EventsOfInsight[],
  ): PreparedExport {
    const key = JSON.stringify([choice, summary.name, events.map(({ records }) => records.length)]);
    if (this.#last?.analysis !== analysis || this.#last.key !== key) {
      const prepared = prepareExport(analysis, choice, events, summary.name);
      this.#last = { analysis, key, prepared };
    }
    return this.#last.prepared;
  }
}

export const insightsBlob = ({ analysis }: Held): Blob => jsonBlob(insightsJson(analysis));

export const minuteCountsBlob = ({ analysis: { table, settings } }: Held): Blob =>
  new Blob([...minuteCountsCsv(table, settings)], { type: 'text/csv' });

export const ledgerBlob = ({ analysis }: Held): Blob => jsonBlob(ledgerJson(analysis));

const jsonBlob = (text: string): Blob => new Blob([text], { type: 'application/json' });
