import type { Message } from '../../../../l10n/index.ts';
import type { LogPlace, LogPlaces } from '../../protocol.ts';
import { LineReader, type LogLine, toShownLine } from './logLine.ts';
import { Known, Place } from './logPlace.ts';

/** Characters that are handed on at once at the most, as long as no line is longer. */
const BATCH = 64 * 1024;
/** Characters that are held of one source: who writes more waits. */
const FULL = 256 * 1024;

/** Milliseconds for which lines wait for earlier ones of a source that is being opened, and each for those of one that says nothing. */
export interface Patience {
  opening: number;
  quiet: number;
}
/** Of lines that come as they are written. */
const LIVE: Patience = { opening: 2_000, quiet: 200 };
/** Of logs that are read to their ends: then there is no need to guess. */
export const WHOLE: Patience = { opening: Number.POSITIVE_INFINITY, quiet: Number.POSITIVE_INFINITY };

/** Who reads the stream. */
export interface LineTaker {
  /** Takes whole lines; the next batch comes when it has been taken. `places`: how far the sources are read with it. */
  append(text: string, places: LogPlaces): Promise<void>;
  /** Takes a word of ours that belongs between the lines. */
  note(say: Message): Promise<void>;
}

/** One source of a stream. */
export interface LineSource {
  /** Where to go on after a break, in ISO time; `undefined` at the beginning. What is known already is left out from now on, half lines are forgotten. */
  resume(): string | undefined;
  /** Takes text of the log, with times. */
  write(text: string): Promise<void>;
  /** Says something of ours before the next line. */
  note(say: Message): void;
  /** How many new lines it has brought. */
  readonly lines: number;
  /** Ends the last line, and says something of ours behind it: no line waits for this source until it is resumed. */
  end(say?: Message): void;
}

interface Entry extends LogLine {
  arrived: number;
  note?: Message;
}

/**
 * Joins several sources into one stream of whole lines in the order of their times. A line waits a little for earlier ones of other sources. While the
 * reader is busy with a batch the next one gathers; who writes into a full source waits. `failed` is told once if the reader refuses; then nothing
 * more is handed on.
 */
export class LineStream {
  private readonly taker: LineTaker;
  private readonly failed: (error: unknown) => void;
  private readonly patience: Patience;
  private readonly sources: Source[] = [];
  private sending: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private flushing = false;
  private refused = false;

  constructor(taker: LineTaker, failed: (error: unknown) => void, patience = LIVE) {
    this.taker = taker;
    this.failed = failed;
    this.patience = patience;
  }

  /** `place`: how far it was read before. */
  source(key: string, prefix: string, place?: LogPlace): LineSource {
    const source = new Source(key, prefix, place, () => this.pump());
    this.sources.push(source);
    return source;
  }

  /** Hands on all that is there, whatever it waits for. */
  async flush(): Promise<void> {
    this.flushing = true;
    this.pump();
    while (this.sending) await this.sending;
    this.flushing = false;
  }

  /** Hands on no more; settles when the reader is done with what it has. */
  async close(): Promise<void> {
    this.refused = true;
    clearTimeout(this.timer);
    for (const source of this.sources) source.close();
    while (this.sending) await this.sending;
  }

  private pump(): void {
    if (this.sending || this.refused) return;
    clearTimeout(this.timer);
    const wait = this.next().wait;
    if (wait === undefined) return;
    if (wait > 0) this.timer = Number.isFinite(wait) ? setTimeout(() => this.pump(), wait) : undefined;
    else this.sending = this.send();
  }

  /** The source with the earliest line, and for how many milliseconds that has to wait. */
  private next(): { source?: Source; wait?: number } {
    let source: Source | undefined;
    let opened = 0;
    let isQuiet = false;
    let isFull = false;
    for (const one of this.sources) {
      const { head } = one;
      if (head) {
        if (!source?.head || head.time < source.head.time) source = one;
        isFull ||= one.isFull;
      } else if (one.phase !== 'ended') {
        isQuiet = true;
        if (one.phase === 'opening') opened = Math.max(opened, one.since + this.patience.opening);
      }
    }
    if (!source?.head) return {};
    if (!isQuiet || this.flushing || (isFull && this.patience !== WHOLE)) return { source, wait: 0 };
    const until = Math.max(opened, source.head.arrived + this.patience.quiet);
    return { source, wait: Math.max(0, until - Date.now()) };
  }

  /** Never rejects: who waits for it only waits for room. */
  private async send(): Promise<void> {
    try {
      await Promise.resolve();
      for (let batch = this.gather(); batch; batch = this.gather()) {
        if (batch.text) await this.taker.append(batch.text, batch.places);
        if (batch.note) await this.taker.note(batch.note);
      }
    } catch (error) {
      this.refused = true;
      this.failed(error);
    } finally {
      this.sending = undefined;
    }
    if (this.refused) for (const source of this.sources) source.close();
    else this.pump();
  }

  private gather(): { text: string; places: LogPlaces; note?: Message } | undefined {
    const touched = new Set<Source>();
    let text = '';
    let note: Message | undefined;
    while (text.length < BATCH && !note) {
      const { source, wait } = this.next();
      if (!source || wait !== 0) break;
      touched.add(source);
      const taken = source.take();
      text += taken.line;
      note = taken.note;
    }
    if (!text && !note) return undefined;
    const places: LogPlaces = {};
    for (const { key, place } of touched) if (place) places[key] = place;
    return { text, places, ...(note && { note }) };
  }
}

class Source implements LineSource {
  readonly key: string;
  phase: 'opening' | 'quiet' | 'ended' = 'opening';
  lines = 0;
  /** When it was opened, or opened again. */
  since = Date.now();
  private readonly prefix: string;
  private readonly reader = new LineReader();
  /** How far it was read, and how far it was handed on. */
  private readonly read: Place;
  private readonly handed: Place;
  private readonly written: () => void;
  private known: Known | undefined;
  /** Characters of an unfinished line whose states were shown before a break. */
  private states = 0;
  private noted: Message | undefined;
  private queue: Entry[] = [];
  private at = 0;
  private size = 0;
  private room: PromiseWithResolvers<void> | undefined;
  private isClosed = false;

  constructor(key: string, prefix: string, place: LogPlace | undefined, written: () => void) {
    this.key = key;
    this.prefix = prefix;
    this.read = Place.from(place);
    this.handed = Place.from(place);
    this.written = written;
  }

  get head(): Entry | undefined {
    return this.queue[this.at];
  }

  get isFull(): boolean {
    return this.size >= FULL;
  }

  /** How far it was handed on. */
  get place(): LogPlace | undefined {
    return this.handed.now;
  }

  resume(): string | undefined {
    this.states = Math.max(this.states, this.reader.length);
    this.reader.rewind();
    this.phase = 'opening';
    this.since = Date.now();
    const { now } = this.read;
    this.known = now && new Known(now);
    return now && `${now.since}Z`;
  }

  async write(text: string): Promise<void> {
    if (this.isClosed) return;
    this.phase = 'quiet';
    this.push(this.reader.read(text));
    this.written();
    while (this.isFull && !this.isClosed) {
      this.room ??= Promise.withResolvers();
      await this.room.promise;
    }
  }

  note(say: Message): void {
    this.noted = say;
  }

  end(say?: Message): void {
    if (this.isClosed) return;
    this.push(this.reader.end());
    if (say) this.queue.push({ time: this.read.now?.last ?? '', text: '', note: say, arrived: Date.now() });
    this.phase = 'ended';
    this.written();
  }

  take(): { note?: Message; line: string } {
    const entry = this.queue[this.at++] as Entry;
    if (this.at > 1_024 && this.at * 2 > this.queue.length) {
      this.queue = this.queue.slice(this.at);
      this.at = 0;
    }
    if (entry.note) return { note: entry.note, line: '' };
    this.size -= entry.text.length + 1;
    if (!entry.partial) this.handed.see(entry.time);
    if (this.room && !this.isFull) {
      this.room.resolve();
      this.room = undefined;
    }
    return { line: `${this.prefix}${toShownLine(entry.text)}\n` };
  }

  close(): void {
    this.isClosed = true;
    this.queue = [];
    this.at = 0;
    this.size = 0;
    this.room?.resolve();
  }

  private push(lines: LogLine[]): void {
    const arrived = Date.now();
    for (const line of lines) {
      if (!line.partial) {
        if (this.known?.has(line.time)) continue;
        this.known = undefined;
        this.read.see(line.time);
        this.lines++;
        this.states = 0;
      } else if (this.reader.length <= this.states || (this.known && line.time <= (this.read.now?.last ?? '')))
        continue;
      if (this.noted) this.queue.push({ time: line.time, text: '', note: this.noted, arrived });
      this.noted = undefined;
      this.queue.push({ ...line, arrived });
      this.size += line.text.length + 1;
    }
  }
}
