import { transfer } from 'comlink';
import type { ListedInsight } from '../../core/insights/listedInsights';

/** Insights of one message. To take in 10,000 at once would hold the page's thread up for 150 ms; so many take 4. */
const PIECE = 250;

interface WithInsights {
  readonly insights: readonly ListedInsight[];
}

/** The same on its way to the page: its insights come through a port, a piece at a time and null at the end. */
export type HandedOver<T extends WithInsights> = Omit<T, 'insights'> & {
  readonly insights: MessagePort;
};

/** For the worker's answer: what is transferred with it is said here, too. */
export function handOver<T extends WithInsights>(
  whole: T,
  transferred: readonly Transferable[] = [],
): HandedOver<T> {
  const { port1, port2 } = new MessageChannel();
  for (let at = 0; at < whole.insights.length; at += PIECE)
    port1.postMessage(whole.insights.slice(at, at + PIECE));
  port1.postMessage(null);
  return transfer({ ...whole, insights: port2 }, [port2, ...transferred]);
}

/** Takes in what was handed over, over as many tasks as it has pieces. */
export function takeIn<T extends WithInsights>({ insights: port, ...rest }: HandedOver<T>) {
  const insights: ListedInsight[] = [];
  return new Promise<T>((resolve) => {
    port.onmessage = ({ data }: MessageEvent<readonly ListedInsight[] | null>) => {
      if (data) return void insights.push(...data);
      port.close();
      resolve({ ...rest, insights } as unknown as T);
    };
  });
}
