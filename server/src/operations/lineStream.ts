/** Characters that are handed on at once at the most. */
const BATCH = 64 * 1024;

/** One source of a stream. */
export interface LineSource {
  write(text: string): Promise<void>;
  /** Forgets a half line: the source is taken up before it. */
  rewind(): void;
  /** Ends the last line. */
  end(): Promise<void>;
}

/**
 * Joins several sources into one stream of whole lines. While the reader is busy with a batch the next one gathers; who writes into a
 * full one waits. `failed` is told once if the reader refuses; then nothing more is handed on.
 */
export class LineStream {
  private readonly append: (text: string) => Promise<void>;
  private readonly failed: (error: unknown) => void;
  private gathered = '';
  private sending: Promise<void> | undefined;
  private refused = false;

  constructor(append: (text: string) => Promise<void>, failed: (error: unknown) => void) {
    this.append = append;
    this.failed = failed;
  }

  source(prefix: string): LineSource {
    let rest = '';
    const write = async (text: string) => {
      const all = rest + text;
      const end = all.lastIndexOf('\n') + 1;
      rest = all.slice(end);
      if (!end || this.refused) return;
      const lines = all.slice(0, end);
      this.gathered += prefix ? lines.replace(/^(?!$)|^(?=\n)/gm, prefix) : lines;
      this.sending ??= this.send();
      if (this.gathered.length >= BATCH) await this.sending;
    };
    return {
      write,
      rewind: () => {
        rest = '';
      },
      end: () => write(rest && '\n'),
    };
  }

  async flush(): Promise<void> {
    await this.sending;
  }

  /** Never rejects: who waits for it only waits for room. */
  private async send(): Promise<void> {
    try {
      await Promise.resolve();
      while (this.gathered) {
        const batch = this.gathered.slice(0, BATCH);
        this.gathered = this.gathered.slice(batch.length);
        await this.append(batch);
      }
    } catch (error) {
      this.refused = true;
      this.gathered = '';
      this.failed(error);
    } finally {
      this.sending = undefined;
    }
  }
}
