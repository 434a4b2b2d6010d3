import { describe, expect, it } from 'vitest';
import { release, releaseColumns } from '../../../src/worker/reading/release';

describe('memory given back', () => {
  it('is gone from its buffer at once', () => {
    const buffer = new ArrayBuffer(1 << 20);
    release(buffer);
    expect(buffer.byteLength).toBe(0);
  });

  it('is gone from columns of one buffer, also when they are given back twice', () => {
    const both = new Uint32Array(8);
    const columns = [both.subarray(0, 4), both.subarray(4), new Uint16Array(3)];
    releaseColumns(columns);
    releaseColumns(columns);
    expect(columns.map(({ length }) => length)).toEqual([0, 0, 0]);
  });
});
