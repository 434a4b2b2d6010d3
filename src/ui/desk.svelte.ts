import { createContext, tick } from 'svelte';
import { MediaQuery } from 'svelte/reactivity';
import type { SeriesKey } from '../core/activity/callSeries';
import type { Insight } from '../core/insights/insight';
import type { OpenAnalysis } from '../worker/client';
import { InsightsView } from './insights/insightsView.svelte';
import type { Session } from './session.svelte';
import { GROUPINGS, type Grouping, type RowOrder } from './overview/lines';
import { Later } from './parts/later.svelte';
import { seriesId } from './seriesId';
import { valuesOfInsight, valuesOfSeries } from './values/logValues';
import type { LogValue } from './values/valueMenu.svelte';
import type { Tab } from './view/viewFragment';

/** Where work on one open analysis goes on: what is chosen in it, and where the keyboard is. */
export class Desk {
  readonly session: Session;
  readonly view: InsightsView;
  readonly #analysis: () => OpenAnalysis;
  /** From here list and details stand side by side; the same width as in the styles. */
  readonly wide = new MediaQuery('(min-width: 64rem)');

  /** While logs are read, what is shown unasked stays, though another insight comes first meanwhile. */
  #firstSoFar = $state<string | null>(null);
  readonly #first: Insight | null = $derived.by(
    () =>
      this.view.listed.find(({ sharedEventID }) => sharedEventID === this.#firstSoFar) ??
      this.view.listed[0] ??
      null,
  );
  /** Shown unasked, it comes after what is typed for stands in the list. */
  readonly #unasked: Later<Insight | null>;
  /** Side by side there is always room for one insight: the chosen, else the first listed. */
  readonly shown: Insight | null = $derived.by(() =>
    this.view.series
      ? null
      : (this.session.selected ?? (this.wide.current ? this.#unasked.now : null)),
  );

  /** Each by itself: whatever else of the view changes, rows need not be put in order again. */
  readonly #order = $derived.by(() => this.session.view.order);
  readonly #grouping = $derived.by(() => this.session.view.grouping);

  constructor(session: Session, analysis: () => OpenAnalysis) {
    this.session = session;
    this.#analysis = analysis;
    this.view = new InsightsView(session, analysis);
    this.#unasked = new Later(1, () => this.#first);
    $effect(() => {
      if (analysis().isSoFar) this.#firstSoFar = this.#first?.sharedEventID ?? null;
    });
  }

  /** The values of what is chosen, that something can be done with. */
  get values(): readonly LogValue[] {
    if (this.view.series) return valuesOfSeries(this.view.series);
    return this.shown ? valuesOfInsight(this.shown) : [];
  }

  /** Where these values are read: the row that has the focus, else the details. */
  get valuesAnchor(): HTMLElement {
    const row = document.activeElement?.closest<HTMLElement>('[role=row][aria-selected=true]');
    return row ?? document.querySelector<HTMLElement>('[aria-label="Insight details"] h2')!;
  }

  get order(): RowOrder {
    return this.#order;
  }

  set order(order: RowOrder) {
    this.session.show({ order }, 'replace');
  }

  get grouping(): Grouping {
    return this.#grouping;
  }

  set grouping(grouping: Grouping) {
    this.session.show({ grouping }, 'replace');
  }

  get tab(): Tab {
    return this.session.view.tab;
  }

  set tab(tab: Tab) {
    this.session.show({ tab }, 'replace');
  }

  nextGrouping(): void {
    this.grouping = GROUPINGS[(GROUPINGS.indexOf(this.grouping) + 1) % GROUPINGS.length];
  }

  /** Another insight than the one shown comes with a span of its own. */
  select(insight: Insight | null, history: 'push' | 'replace' = 'push'): void {
    if (!insight) return;
    const { graphFollows } = this.session.view;
    this.session.select(insight, history, graphFollows && insight === this.shown);
    if (!this.wide.current) void this.#enterDetails();
  }

  /** The next or previous of the list. */
  step(by: 1 | -1): void {
    this.select(this.view.neighbour(this.shown ?? this.session.selected, by));
  }

  selectSeries(key: SeriesKey): void {
    this.view.selectSeries(key);
    if (!this.wide.current) void this.#enterDetails();
  }

  /** A series by its gravest insight, or as it is where it has none. */
  openSeries(key: SeriesKey): void {
    const id = seriesId(key);
    const insight = this.#analysis().insights.find((each) => seriesId(each.key) === id);
    if (insight) this.select(insight);
    else this.selectSeries(key);
  }

  /** Back to the list; from there, to all time. */
  async leave(): Promise<void> {
    const left = this.session.selected;
    if (!left && !this.view.series) return this.view.setSpan(null);
    this.session.select(null);
    if (this.wide.current) return;
    await tick();
    this.#focusList(left);
  }

  showOverview(): void {
    void this.#leaveFor(() => focus('[aria-label="Overview"] [role=treegrid]'));
  }

  showList(): void {
    const { selected } = this.session;
    void this.#leaveFor(() => this.#focusList(selected));
  }

  showDetails(): void {
    if (!this.shown && !this.view.series) this.select(this.view.listed[0] ?? null);
    else void this.#enterDetails();
  }

  focusFilter(): void {
    void this.#leaveFor(() => focus('[data-shortcut=filter]'));
  }

  /** On a narrow screen the details stand in front of everything else. */
  async #leaveFor(then: () => void): Promise<void> {
    if (!this.wide.current && (this.session.selected || this.view.series))
      this.session.select(null);
    await tick();
    then();
  }

  async #enterDetails(): Promise<void> {
    await tick();
    if (!this.wide.current) window.scrollTo(0, 0);
    focus('[aria-label="Insight details"] h2');
  }

  #focusList(insight: Insight | null): void {
    const row = insight && document.getElementById(`insight-${insight.sharedEventID}`);
    if (row) row.focus();
    else if (!focus('[data-testid=insight-row][tabindex="0"]')) focus('[data-shortcut=filter]');
  }
}

function focus(selector: string): boolean {
  const element = document.querySelector<HTMLElement>(selector);
  element?.focus();
  return element !== null;
}

export const [getDesk, setDesk] = createContext<Desk>();
