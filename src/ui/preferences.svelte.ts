import type { TimeZone } from './format';

export type Theme = 'auto' | 'light' | 'dark';

/** Storage can be forbidden altogether (private windows, site settings); the page works without it. */
function recall(name: string): string | null {
  try {
    return localStorage.getItem(`trailglass.${name}`);
  } catch {
    return null;
  }
}

function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`trailglass.${name}`, value);
  } catch {
    // A choice that cannot be kept holds until the page closes.
  }
}

const themes: readonly Theme[] = ['auto', 'light', 'dark'];

/** What a person set once for this browser: theme, time zone, and which analysis was open last. */
export class Preferences {
  theme = $state<Theme>(themes.find((theme) => theme === recall('theme')) ?? 'auto');
  zone = $state<TimeZone>(recall('zone') === 'local' ? 'local' : 'UTC');
  /** Percent of the width that the list takes beside the details. */
  listShare = $state(Number(recall('listShare')) || 50);
  /** Percent of the height that the overview takes above list and details. */
  overviewShare = $state(Number(recall('overviewShare')) || 36);

  /** Columns of the list that nobody wants to see here. */
  hiddenColumns = $state.raw<readonly string[]>((recall('hiddenColumns') ?? '').split(' '));

  showColumn(name: string, on: boolean): void {
    const others = this.hiddenColumns.filter((each) => each !== name && each !== '');
    this.hiddenColumns = on ? others : [...others, name];
    remember('hiddenColumns', this.hiddenColumns.join(' '));
  }

  nextTheme(): void {
    this.theme = themes[(themes.indexOf(this.theme) + 1) % themes.length];
    remember('theme', this.theme);
  }

  setZone(zone: TimeZone): void {
    this.zone = zone;
    remember('zone', zone);
  }

  setListShare(share: number): void {
    this.listShare = share;
    remember('listShare', String(share));
  }

  setOverviewShare(share: number): void {
    this.overviewShare = share;
    remember('overviewShare', String(share));
  }

  get lastAnalysis(): string | null {
    return recall('analysis') || null;
  }

  set lastAnalysis(id: string | null) {
    remember('analysis', id ?? '');
  }
}
