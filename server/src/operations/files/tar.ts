import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, type Header as TarHeader } from 'tar-stream';

/** What goes into an archive. */
export interface Packed {
  path: string;
  mode: number;
  /** Seconds since 1970. */
  mtime: number;
  /** Where a link leads. */
  target?: string;
  /** Bytes of a file, told beforehand. */
  size: number;
  /** Its bytes; what is more than its size is left out, and what is missing filled up with zeros. */
  read?: () => AsyncIterable<Buffer>;
}

const BLOCK = 512;
/** GNU tar reads so much at once, also of an archive that is over. */
const RECORD = 20 * BLOCK;
const SMALL = 64 << 10;

/**
 * An archive in the format of old GNU tar, which every `tar` reads: names are bytes, and long ones stand before their entry (BusyBox does not read
 * the names of newer formats). Tells the hash and the length of each file when it was read.
 */
export async function* pack(
  entries: Iterable<Packed>,
  packed: (entry: Packed, hash: string, bytes: number) => void,
): AsyncGenerator<Buffer, void> {
  let written = 0;
  let small: Buffer[] = [];
  let waiting = 0;
  // Many small pieces go as one: each message costs.
  function* out(...parts: Buffer[]): Generator<Buffer> {
    for (const part of parts) {
      written += part.length;
      waiting += part.length;
      small.push(part);
      if (waiting < SMALL) continue;
      yield small.length === 1 ? part : Buffer.concat(small);
      small = [];
      waiting = 0;
    }
  }
  for (const entry of entries) {
    yield* out(...headersOf(entry));
    const hash = createHash('sha256');
    let bytes = 0;
    if (entry.read) {
      for await (const chunk of entry.read()) {
        bytes += chunk.length;
        const fits = chunk.subarray(0, Math.max(0, entry.size - (bytes - chunk.length)));
        hash.update(fits);
        if (fits.length) yield* out(fits);
      }
      for (let missing = entry.size - bytes; missing > 0; missing -= SMALL)
        yield* out(Buffer.alloc(Math.min(missing, SMALL)));
      yield* out(Buffer.alloc((BLOCK - (entry.size % BLOCK)) % BLOCK));
    }
    packed(entry, hash.digest('hex'), bytes);
  }
  const end = 2 * BLOCK;
  yield* out(Buffer.alloc(end + ((RECORD - ((written + end) % RECORD)) % RECORD)));
  if (waiting) yield Buffer.concat(small);
}

function headersOf({ path, mode, mtime, target, size }: Packed): Buffer[] {
  const [name, link] = [Buffer.from(path), Buffer.from(target ?? '')];
  const isLink = target !== undefined;
  return [
    ...(name.length > 99 ? long('L', name) : []),
    ...(link.length > 99 ? long('K', link) : []),
    header(name, { type: isLink ? '2' : '0', mode, mtime, size: isLink ? 0 : size, link }),
  ];
}

function long(type: 'L' | 'K', name: Buffer): Buffer[] {
  const padding = Buffer.alloc(BLOCK - (name.length % BLOCK));
  const size = name.length + 1;
  const head = header(Buffer.from('././@LongLink'), { type, mode: 0o644, mtime: 0, size, link: Buffer.alloc(0) });
  return [head, name, padding];
}

interface Header {
  type: string;
  mode: number;
  mtime: number;
  size: number;
  link: Buffer;
}

function header(name: Buffer, { type, mode, mtime, size, link }: Header): Buffer {
  const block = Buffer.alloc(BLOCK);
  name.copy(block, 0, 0, Math.min(99, name.length));
  block.write(`${octal(mode, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0`, 100);
  if (size < 8 ** 11) block.write(octal(size, 11), 124);
  else {
    block[124] = 0x80;
    block.writeBigUInt64BE(BigInt(size), 128);
  }
  block.write(octal(Math.max(0, Math.min(mtime, 8 ** 11 - 1)), 11), 136);
  block.write(`        ${type}`, 148);
  link.copy(block, 157, 0, Math.min(99, link.length));
  block.write('ustar  \0', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}

const octal = (value: number, digits: number): string => Math.floor(value).toString(8).padStart(digits, '0');

/** What comes out of an archive. `linkname` of type `link` is the path of an entry before it, with the same bytes. */
export interface Unpacked {
  path: string;
  header: TarHeader;
  bytes: AsyncIterable<Buffer>;
}

/** Reads archives, one after another. Every entry is taken before the next comes. Throws where the bytes end within an entry. */
export async function unpack(bytes: AsyncIterable<Buffer>, take: (entry: Unpacked) => Promise<void>): Promise<void> {
  const reader = extract();
  const reading = pipeline(Readable.from(bytes, { objectMode: false, highWaterMark: 1 << 20 }), reader);
  reading.catch(() => undefined); // thrown by the loop, too
  for await (const stream of reader) {
    const { header } = stream;
    await take({ path: header.name.replace(/^(\.\/)+/, ''), header, bytes: stream as AsyncIterable<Buffer> });
    stream.resume();
  }
  await reading;
}

/** Chunks that one side puts and the other takes, one at a time. */
export class Chunks {
  private waiting: Buffer | undefined;
  private wake = () => {};
  private taken = () => {};
  private isOver = false;
  private error: unknown;

  /** Done when it was taken. */
  async push(bytes: Buffer): Promise<void> {
    if (this.error) throw this.error;
    this.waiting = bytes;
    this.wake();
    await new Promise<void>((resolve) => {
      this.taken = resolve;
    });
    if (this.error) throw this.error;
  }

  end(): void {
    this.isOver = true;
    this.wake();
  }

  /** Nobody takes any more. */
  fail(error: unknown): void {
    this.error = error;
    this.taken();
  }

  async *read(): AsyncGenerator<Buffer, void> {
    for (;;) {
      const { waiting } = this;
      if (waiting) {
        this.waiting = undefined;
        this.taken();
        yield waiting;
      } else if (this.isOver) return;
      else
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
    }
  }
}
