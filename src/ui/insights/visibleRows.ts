/** Up to here every row stands in the page, where the browser's own search finds it. */
export const ALL_ROWS_UP_TO = 200;
/** Rows drawn beyond either edge, so that a fast scroll shows no holes. */
export const ROWS_BEYOND = 12;

/** Half-open range of rows to draw in a list of rows of one height. */
export interface VisibleRows {
  readonly first: number;
  readonly end: number;
}

/**
 * Rows under a viewport; heights and the scroll position are CSS pixels. The first `drawn` rows of a list that is not long
 * stand in the page though they are out of sight, and of every list so many beyond either edge.
 */
export function visibleRows(
  count: number,
  rowHeight: number,
  scrollTop: number,
  viewportHeight: number,
  drawn = Infinity,
  beyond = ROWS_BEYOND,
): VisibleRows {
  const first = Math.floor(scrollTop / rowHeight) - beyond;
  const end = Math.ceil((scrollTop + viewportHeight) / rowHeight) + beyond;
  const isShort = count <= ALL_ROWS_UP_TO;
  return {
    first: isShort ? 0 : Math.min(Math.max(0, first), count),
    end: Math.max(0, Math.min(isShort ? Math.max(end, drawn) : end, count)),
  };
}
