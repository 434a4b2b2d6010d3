/** Paths of signs in a square of 16. */
export const SHEETS = 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3';
export const TICK = 'M3 8.5 6.5 12 13 4.5';
