import { transfer } from 'comlink';
import type { ActivityTable } from '../../core/activity/activityTable';
import type { ListedInsight } from '../../core/insights/listedInsights';

/** Insights of one message. To take in 10,000 at once would hold the page's thread up for 150 ms; so many take 4. */
const INSIGHTS = 250;
/** Strings of a table of one message: of 300,000 at once the page would be held up for 30 ms. */
const STRINGS = 10_000;

interface WithInsights {
  readonly insights: readonly ListedInsight[];
  readonly table?: Pick<ActivityTable, 'strings'>;
}

interface Piece {
  readonly insights?: readonly ListedInsight[];
  readonly strings?: readonly string[];
}

/** The same on its way to the page: its insights and strings come through a port, a piece at a time and null at the end. */
export type HandedOver<T extends WithInsights> = Omit<T, 'insights'> & {
  readonly insights: MessagePort;
};

/** For the worker's answer: what is transferred with it is said here, too. */
export function handOver<T extends WithInsights>(
  whole: T,
  transferred: readonly Transferable[] = [],
): HandedOver<T> {
  const { port1, port2 } = new MessageChannel();
  const send = (piece: Piece | null) => port1.postMessage(piece);
  const { insights, table } = whole;
  for (let at = 0; at < insights.length; at += INSIGHTS)
    send({ insights: insights.slice(at, at + INSIGHTS) });
  const strings = table?.strings ?? [];
  for (let at = 0; at < strings.length; at += STRINGS)
    send({ strings: strings.slice(at, at + STRINGS) });
  send(null);
  const rest = { ...whole, ...(table && { table: { ...table, strings: [] } }) };
  return transfer({ ...rest, insights: port2 }, [port2, ...transferred]);
}

/** Takes in what was handed over, over as many tasks as it has pieces. */
export function takeIn<T extends WithInsights>({ insights: port, ...rest }: HandedOver<T>) {
  const insights: ListedInsight[] = [];
  const strings: string[] = [];
  const { table } = rest as Pick<T, 'table'>;
  return new Promise<T>((resolve) => {
    port.onmessage = ({ data }: MessageEvent<Piece | null>) => {
      if (data?.insights) insights.push(...data.insights);
      if (data?.strings) strings.push(...data.strings);
      if (data) return;
      port.close();
      resolve({
        ...rest,
        insights,
        ...(table && { table: { ...table, strings } }),
      } as unknown as T);
    };
  });
}
