import { ByteInput } from './byteInput';
import { Inflater } from './inflate';
import type { PieceReceiver } from './outputWindow';

/** Compressed bytes held at once. Also the longest gzip header that can be read. */
const INPUT_BYTES = 128 << 10;

/** Inflaters not in use: their buffers (up to 8 MB each) and grown sizes serve the next file. One per depth of nesting. */
const idle: Inflater[] = [];

/** An Inflater with empty input that hands its pieces to `receive`. */
export function takeInflater(receive: PieceReceiver): Inflater {
  const inflater = idle.pop() ?? new Inflater(new ByteInput(INPUT_BYTES));
  inflater.input.clear();
  inflater.reset(receive);
  return inflater;
}

export function giveBackInflater(inflater: Inflater): void {
  idle.push(inflater);
}
