/** Milliseconds in which news are gathered, and between two times that the editor is told to ask again. */
const GATHER = 100;
const SPACING = 450;

/** Parts of the editor that show the cluster and that it does not ask for again by itself. */
type Part = 'lenses' | 'hints';

interface Answer {
  part: Part;
  text: string;
  again: () => string | undefined;
}

/**
 * What the editor was told of the cluster beside the findings. When the cluster changes, each answer is made anew, and only where it
 * would be another one the editor is told to ask again, about twice a second at most. Nothing here is waited for.
 */
export class Shown {
  readonly #answers = new Map<string, Answer>();
  readonly #refresh: (part: Part) => void;
  #timer: NodeJS.Timeout | undefined;
  #last = 0;

  constructor(refresh: (part: Part) => void) {
    this.#refresh = refresh;
  }

  /** Remembers an answer, and how it is made again; `undefined` where nobody sees it any more. */
  note(part: Part, key: string, text: string, again: () => string | undefined): void {
    this.#answers.set(`${part} ${key}`, { part, text, again });
  }

  /** Forgets the answers whose key begins so. */
  forget(part: Part, key: string): void {
    for (const known of this.#answers.keys()) if (known.startsWith(`${part} ${key}`)) this.#answers.delete(known);
  }

  /** The cluster, or the words for it, may be otherwise now. */
  changed(): void {
    if (!this.#answers.size) return;
    const wait = Math.max(GATHER, this.#last + SPACING - performance.now());
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#look();
    }, wait).unref();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#answers.clear();
  }

  #look(): void {
    const parts = new Set<Part>();
    for (const [key, answer] of this.#answers) {
      if (parts.has(answer.part)) continue;
      const text = answer.again();
      if (text === undefined) this.#answers.delete(key);
      else if (text !== answer.text) {
        answer.text = text; // who is told and does not look is not told again
        parts.add(answer.part);
      }
    }
    if (!parts.size) return;
    this.#last = performance.now();
    for (const part of parts) this.#refresh(part);
  }
}
