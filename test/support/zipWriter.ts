import zlib from 'node:zlib';

export interface ZipMember {
  name: string;
  data?: Uint8Array | string;
  stored?: boolean;
  /** Sizes and CRC-32 behind the data instead of in the local header; 'bare' without its signature. */
  descriptor?: boolean | 'bare';
  zip64?: boolean;
  encrypted?: boolean;
  /** A method number to claim. */
  method?: number;
}

export interface ZipOptions {
  comment?: string;
  /** Bytes in front, which the offsets do not count. */
  prepend?: Uint8Array;
  /** Leave out the central directory and end record. */
  noDirectory?: boolean;
}

function numbers(...fields: [bytes: 2 | 4 | 8, value: number][]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      if (bytes === 8) field.writeBigUInt64LE(BigInt(value));
      else field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}

const ZIP64 = 0xffffffff;

/** A zip written by hand, able to do all that real writers do. */
export function writeZip(members: ZipMember[], options: ZipOptions = {}): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const name = Buffer.from(member.name);
    const data = Buffer.from(member.data ?? '');
    const packed = member.stored ? data : zlib.deflateRawSync(data);
    const method = member.method ?? (member.stored ? 0 : 8);
    const flags = (member.encrypted ? 1 : 0) | (member.descriptor ? 8 : 0) | 0x800;
    const crc = zlib.crc32(data);
    const sizes = [packed.length, data.length];
    const inHeader = member.descriptor ? [0, 0, 0] : [crc, ...sizes];
    const wide = numbers([2, 1], [2, 24], [8, sizes[1]], [8, sizes[0]], [8, offset]);
    const localWide =
      member.zip64 && !member.descriptor
        ? numbers([2, 1], [2, 16], [8, sizes[1]], [8, sizes[0]])
        : Buffer.alloc(0);
    const [c, p, u] = localWide.length > 0 ? [crc, ZIP64, ZIP64] : inHeader;
    const local = Buffer.concat([
      numbers([4, 0x04034b50], [2, 45], [2, flags], [2, method], [4, 0], [4, c], [4, p], [4, u]),
      numbers([2, name.length], [2, localWide.length]),
      name,
      localWide,
    ]);
    const size = member.zip64 ? 8 : 4;
    const descriptor = member.descriptor
      ? Buffer.concat([
          member.descriptor === 'bare' ? Buffer.alloc(0) : numbers([4, 0x08074b50]),
          numbers([4, crc], [size, sizes[0]], [size, sizes[1]]),
        ])
      : Buffer.alloc(0);
    const [cp, cu, at] = member.zip64 ? [ZIP64, ZIP64, ZIP64] : [...sizes, offset];
    const extra = member.zip64 ? wide : Buffer.alloc(0);
    central.push(
      numbers(
        [4, 0x02014b50],
        [2, 45],
        [2, 45],
        [2, flags],
        [2, method],
        [4, 0],
        [4, crc],
        [4, cp],
        [4, cu],
      ),
      numbers([2, name.length], [2, extra.length], [2, 0], [2, 0], [2, 0], [4, 0], [4, at]),
      name,
      extra,
    );
    parts.push(local, packed, descriptor);
    offset += local.length + packed.length + descriptor.length;
  }
  const prepended = Buffer.from(options.prepend ?? []);
  if (options.noDirectory) return Buffer.concat([prepended, ...parts]);
  const directory = Buffer.concat(central);
  return Buffer.concat([
    prepended,
    ...parts,
    directory,
    endRecords(members, directory, offset, options),
  ]);
}

function endRecords(
  members: ZipMember[],
  directory: Buffer,
  offset: number,
  options: ZipOptions,
): Buffer {
  const comment = Buffer.from(options.comment ?? '');
  const isWide = members.some(({ zip64 }) => zip64);
  const count = members.length;
  const wide = Buffer.concat([
    numbers([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, count], [8, count]),
    numbers([8, directory.length], [8, offset]),
    numbers([4, 0x07064b50], [4, 0], [8, offset + directory.length], [4, 1]),
  ]);
  const [n, length, at] = isWide ? [0xffff, ZIP64, ZIP64] : [count, directory.length, offset];
  return Buffer.concat([
    isWide ? wide : Buffer.alloc(0),
    numbers([4, 0x06054b50], [2, 0], [2, 0], [2, n], [2, n], [4, length], [4, at]),
    numbers([2, comment.length]),
    comment,
  ]);
}
