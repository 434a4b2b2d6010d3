const BLOCK = 512;

export interface TarMember {
  name: string;
  data?: Uint8Array | string;
  /** '0' file, '2' symbolic link, '5' directory, 'L' GNU long name, 'x' PAX … */
  type?: string;
  prefix?: string;
  /** Written in base 256, as GNU tar does above 8 GiB. */
  base256?: boolean;
  /** The number in the size field where it shall differ from the data. */
  size?: number;
}

/** A tar of ustar headers written by hand, with its end mark of two zero blocks. */
export function writeTar(members: TarMember[]): Buffer {
  return Buffer.concat([...members.map(tarMember), Buffer.alloc(2 * BLOCK)]);
}

export function tarMember(member: TarMember): Buffer {
  const data = Buffer.from(member.data ?? '');
  const header = Buffer.alloc(BLOCK);
  header.write(member.name, 0, 100);
  header.write('0000644\0', 100);
  const size = member.size ?? data.length;
  if (member.base256) {
    header[124] = 0x80;
    header.writeBigUInt64BE(BigInt(size), 128);
  } else header.write(size.toString(8).padStart(11, '0') + '\0', 124);
  header.write('14000000000\0', 136);
  header.write(member.type ?? '0', 156);
  header.write('ustar\x0000', 257);
  header.write(member.prefix ?? '', 345, 155);
  writeChecksum(header);
  return Buffer.concat([header, data, Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK)]);
}

export function writeChecksum(header: Buffer): void {
  header.fill(0x20, 148, 156);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(sum.toString(8).padStart(6, '0') + '\0 ', 148);
}

/** One PAX record: its length counts its own digits. */
export function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return `${length} ${key}=${value}\n`;
}
