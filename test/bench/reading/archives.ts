import { closeSync, openSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { tarHeader } from '../../support/tar';

/** Archives of files that are compressed already, written as they come: a tar, and a zip that stores. */

export interface ArchiveWriter {
  add(name: string, content: Uint8Array): void;
  close(): void;
}

const EPOCH = Date.UTC(2026, 0, 1) / 1000;

export function tarWriter(path: string): ArchiveWriter {
  const file = openSync(path, 'w');
  return {
    add(name, content) {
      writeSync(file, tarHeader({ name, content, modifiedEpochSeconds: EPOCH }));
      writeSync(file, content);
      writeSync(file, Buffer.alloc(-content.length & 511));
    },
    close() {
      writeSync(file, Buffer.alloc(1024));
      closeSync(file);
    },
  };
}

/** Up to 65,535 members and 4 GB: no ZIP64. */
export function storedZipWriter(path: string): ArchiveWriter {
  const file = openSync(path, 'w');
  const directory: Buffer[] = [];
  let offset = 0;
  const write = (bytes: Uint8Array) => (offset += writeSync(file, bytes));
  return {
    add(name, content) {
      const common = zipCommon(name, content);
      directory.push(zipDirectoryEntry(name, common, offset));
      write(Buffer.concat([bytes32(0x04034b50), common, Buffer.from(name)]));
      write(content);
    },
    close() {
      const start = offset;
      directory.forEach(write);
      const end = Buffer.alloc(22);
      end.writeUInt32LE(0x06054b50, 0);
      end.writeUInt16LE(directory.length, 8);
      end.writeUInt16LE(directory.length, 10);
      end.writeUInt32LE(offset - start, 12);
      end.writeUInt32LE(start, 16);
      write(end);
      closeSync(file);
    },
  };
}

/** What the local header and the directory entry share: version 2.0, stored, 2026-01-01. */
function zipCommon(name: string, content: Uint8Array): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(((2026 - 1980) << 9) | (1 << 5) | 1, 8);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(content.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return fields;
}

function zipDirectoryEntry(name: string, common: Buffer, offset: number): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([bytes32(0x02014b50), bytes16(20), common, rest, Buffer.from(name)]);
}

const bytes32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const bytes16 = (value: number): Buffer => bytes32(value).subarray(0, 2);
