import type { AnalysisSummary, Client } from '../worker/client';

/** The analyses that are stored, and the one that was removed last. */
export class EarlierAnalyses {
  readonly #client: Client;
  readonly #onfailure: (reason: unknown) => void;

  all = $state.raw<readonly AnalysisSummary[]>([]);
  /** The analysis that was removed last, while that can be undone. */
  removed = $state.raw<AnalysisSummary | null>(null);

  constructor(client: Client, onfailure: (reason: unknown) => void) {
    this.#client = client;
    this.#onfailure = onfailure;
  }

  async refresh(): Promise<void> {
    try {
      this.all = await this.#client.list();
    } catch (reason) {
      this.#onfailure(reason);
    }
  }

  /** What was removed before is gone now; this can be taken back until something else is removed, or for a while. */
  async remove(id: string): Promise<void> {
    await this.forgetRemoved();
    this.removed = this.all.find((each) => each.id === id) ?? null;
    await this.#client.remove(id);
    await this.refresh();
  }

  async undoRemove(): Promise<void> {
    if (!this.removed) return;
    await this.#client.restore(this.removed.id);
    this.removed = null;
    await this.refresh();
  }

  async forgetRemoved(): Promise<void> {
    this.removed = null;
    await this.#client.forgetRemoved();
  }
}
