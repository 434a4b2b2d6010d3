/** Named places on the severity slider; severity is the log10 of days between two such events. */
export const SEVERITY_STOPS = [
  { severity: 1.8, name: 'AWS-like' },
  { severity: 3, name: 'default' },
  { severity: 4, name: 'strict' },
] as const;

/** The slider's own limits. Below 1 detection keeps nothing; beyond 5 hardly any archive is long enough. */
export const SEVERITY_RANGE = { least: 1, most: 5, step: 0.1 } as const;

/** `3 default`, `2.4`: a severity with its name where it has one. */
export function severityWords(severity: number): string {
  const stop = SEVERITY_STOPS.find((stop) => Math.abs(stop.severity - severity) < 0.05);
  return stop ? `${stop.severity} ${stop.name}` : String(Number(severity.toFixed(1)));
}
