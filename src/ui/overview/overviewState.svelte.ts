import { scaleLinear } from 'd3';
import { SvelteSet } from 'svelte/reactivity';
import type { Insight } from '../../core/insights/insight';
import type { OpenAnalysis } from '../../worker/client';
import type { TimeZone } from '../format';
import { minutesPerColumnOf } from '../timeline/columns';
import { keepWithin, lengthOf, panSpan, zoomSpan, type Span } from '../timeline/span';
import { placeTicks, timeTicksOf } from '../timeline/timeTicks';
import { archiveSpan } from './archive';
import { laneMarksOf, type LaneMark } from './laneMarks';
import { inOrder, overviewLines, type Grouping, type OverviewLine, type RowOrder } from './lines';
import { cellAt, insightNear, type Cell, type Crosshair, type Pointer } from './pointed';
import { narrowedRows, overviewRows, type Narrowing, type OverviewRow } from './rows';
import { seriesOf } from './seriesOf';

/** How rows are ordered and grouped. */
export interface Arrangement {
  order: RowOrder;
  grouping: Grouping;
}

export interface OverviewInputs {
  readonly analysis: OpenAnalysis;
  readonly selected: Insight | null;
  readonly timeZone: TimeZone;
  /** Null: every series has a row with all its insights. */
  readonly narrowing?: Narrowing | null;
  readonly arrangement?: Arrangement;
  /** The page scrolls below the wheel, as on a narrow screen. */
  readonly pageScrolls?: boolean;
}

/** A line on the screen and its place among all. */
export interface VisibleLine {
  readonly line: OverviewLine;
  readonly index: number;
}

/** CSS pixels between two marks of a row that both are drawn. */
const MARKS_APART = 9;

/** Everything about the overview that is not markup: rows in order, the span, what is in view and under the pointer. */
export class OverviewState {
  readonly #inputs: () => OverviewInputs;
  #own = $state<Arrangement>({ order: 'severity', grouping: 'none' });
  /** Ids of rows and of closed groups. */
  readonly pinned = new SvelteSet<string>();
  readonly closed = new SvelteSet<string>();
  /** The plot's width, the lanes' height in view, and how far they are scrolled: CSS pixels. */
  width = $state(0);
  height = $state(0);
  scrollTop = $state(0);
  rowHeight = $state(26);
  pointer = $state.raw<Pointer | null>(null);
  /** The wheel was turned for more time than there is; the pointer has not moved since. */
  hasNoMore = $state(false);
  drawing = $state.raw<Span | null>(null);
  /** The line that the keyboard is on. */
  active = $state(0);
  #chosen = $state.raw<Span | null>(null);
  /** The span in view is as it was drawn. */
  isDrawn = false;

  constructor(inputs: () => OverviewInputs) {
    this.#inputs = inputs;
  }

  readonly #arrangement = $derived.by(() => this.#inputs().arrangement ?? this.#own);
  readonly #order = $derived(this.#arrangement.order);
  readonly #grouping = $derived(this.#arrangement.grouping);

  get order(): RowOrder {
    return this.#order;
  }

  set order(order: RowOrder) {
    this.#arrangement.order = order;
  }

  get grouping(): Grouping {
    return this.#grouping;
  }

  set grouping(grouping: Grouping) {
    this.#arrangement.grouping = grouping;
  }

  readonly #table = $derived.by(() => this.#inputs().analysis.table);
  readonly #readEvents = $derived.by(() => this.#inputs().analysis.settings.readEvents);
  readonly #series = $derived(seriesOf(this.#table, this.#readEvents));
  readonly #allRows = $derived.by(() =>
    overviewRows(this.#series, this.#inputs().analysis.insights),
  );
  readonly #allInOrder = $derived(inOrder(this.#allRows, this.order));
  readonly #narrowing = $derived.by(() => this.#inputs().narrowing);
  readonly rows: readonly OverviewRow[] = $derived(
    this.#narrowing ? narrowedRows(this.#allInOrder, this.#narrowing) : this.#allInOrder,
  );
  /** A row that lost insights has another place among them. */
  readonly #ordered = $derived(this.#narrowing ? inOrder(this.rows, this.order) : this.rows);
  readonly lines: readonly OverviewLine[] = $derived(
    overviewLines(this.#ordered, this.grouping, this.pinned, this.closed),
  );

  readonly archive: Span = $derived.by(() =>
    archiveSpan(this.#inputs().analysis.coverage, this.#series),
  );
  readonly span: Span = $derived(this.#chosen ?? this.archive);
  readonly zoomed = $derived(lengthOf(this.span) < lengthOf(this.archive) - 0.5);

  draw(span: Span): void {
    this.show(span);
    this.isDrawn = true;
  }

  show(span: Span | null): void {
    this.isDrawn = false;
    const kept = span === null ? null : keepWithin(span, this.archive);
    this.#chosen = kept !== null && lengthOf(kept) < lengthOf(this.archive) ? kept : null;
  }

  pan(share: number): void {
    this.panBy(lengthOf(this.span) * share);
  }

  panBy(minutes: number): void {
    this.show(panSpan(this.span, minutes));
  }

  /** Around the minute pointed at, where that is in view. */
  zoom(factor: number, fixed = this.crosshair?.minute): void {
    const { from, to } = this.span;
    const isInView = fixed !== undefined && from <= fixed && fixed <= to;
    this.show(zoomSpan(this.span, factor, isInView ? fixed : (from + to) / 2));
  }

  readonly x = $derived(
    scaleLinear().domain([this.span.from, this.span.to]).range([0, this.width]),
  );
  readonly ticks = $derived.by(() =>
    placeTicks(timeTicksOf(this.span, this.width, this.#inputs().timeZone), this.x, this.width),
  );

  readonly #first = $derived(Math.max(0, Math.floor(this.scrollTop / this.rowHeight)));
  readonly #end = $derived(Math.ceil((this.scrollTop + this.height) / this.rowHeight));
  /** Stays the same while lanes scroll by less than a row. */
  readonly visible: readonly VisibleLine[] = $derived(
    this.lines.slice(this.#first, this.#end).map((line, i) => ({ line, index: this.#first + i })),
  );

  marksOf(row: OverviewRow): LaneMark[] {
    const selected = this.#inputs().selected?.sharedEventID;
    return laneMarksOf(row.insights, this.span, this.width, selected, MARKS_APART);
  }

  /** There are more rows than are in view. */
  readonly hasMoreRows = $derived(this.lines.length * this.rowHeight > this.height);

  get pageScrolls(): boolean {
    return this.#inputs().pageScrolls ?? false;
  }

  /** The pointer stays where it is, whatever moves below it. */
  readonly crosshair: Crosshair | null = $derived.by(() => {
    const { pointer } = this;
    if (pointer === null) return null;
    if ('minute' in pointer) return { minute: pointer.minute, line: null };
    return { minute: this.x.invert(pointer.x), line: this.lineAt(pointer.y) };
  });

  /** The line in view at `y`; a hand that draws may be beyond. */
  lineAt(y: number): OverviewLine | null {
    if (y < 0 || y >= this.height) return null;
    return this.lines[Math.floor((y + this.scrollTop) / this.rowHeight)] ?? null;
  }

  /** The insight whose mark or band is under the pointer. */
  insightAt(x: number, y: number): Insight | null {
    const line = this.lineAt(y);
    if (line?.kind !== 'row') return null;
    return insightNear(line.row, this.marksOf(line.row), x, MARKS_APART, this.x.invert(x));
  }

  readonly cell: Cell | null = $derived.by(() => {
    if (this.crosshair?.line?.kind !== 'row') return null;
    const minutes = minutesPerColumnOf(this.span, this.width);
    return cellAt(this.crosshair.line.row, this.crosshair.minute, minutes);
  });

  togglePinned(row: OverviewRow): void {
    toggle(this.pinned, row.id);
  }

  toggleGroup(id: string): void {
    toggle(this.closed, id);
  }

  /** Moves the keyboard's line and returns how far the lanes must be scrolled for it to be in view. */
  moveTo(index: number): number {
    this.active = Math.max(0, Math.min(index, this.lines.length - 1));
    const top = this.active * this.rowHeight;
    return Math.max(Math.min(this.scrollTop, top), top + this.rowHeight - this.height);
  }
}

function toggle(set: Set<string>, id: string): void {
  if (!set.delete(id)) set.add(id);
}
