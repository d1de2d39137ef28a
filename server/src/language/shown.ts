/** Milliseconds in which news are gathered, and between two times that the editor is told to ask again. */
const GATHER = 100;
const SPACING = 450;
/** Ages are told in minutes. */
const MINUTE = 60_000;

/** Parts of the editor that show the cluster and that it does not ask for again by itself. */
type Part = 'lenses' | 'hints';

interface Answer {
  part: Part;
  text: string;
  again: () => string | undefined;
  /** Whether it tells how long ago something was, so that it differs after a while though nothing has happened. */
  ages: boolean;
}

/**
 * What the editor was told of the cluster beside the findings. When the cluster changes, each answer is made anew, and only where it
 * would be another one the editor is told to ask again, about twice a second at most; for an age, once a minute, and only as long as the
 * editor does ask again: what is not in sight wakes nobody. Nothing here is waited for.
 */
export class Shown {
  readonly #answers = new Map<string, Answer>();
  readonly #refresh: (part: Part) => void;
  #timer: NodeJS.Timeout | undefined;
  #minute: NodeJS.Timeout | undefined;
  #last = 0;

  constructor(refresh: (part: Part) => void) {
    this.#refresh = refresh;
  }

  /** Remembers an answer, and how it is made again; `undefined` where nobody sees it any more. */
  note(part: Part, key: string, text: string, again: () => string | undefined, ages = false): void {
    this.#answers.set(`${part} ${key}`, { part, text, again, ages });
    if (ages) this.#minute ??= setTimeout(() => this.#grow(), MINUTE).unref();
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
    clearTimeout(this.#minute);
    this.#answers.clear();
  }

  /** A minute has passed. */
  #grow(): void {
    this.#minute = undefined;
    this.#look(({ ages }) => ages);
    if ([...this.#answers.values()].some(({ ages }) => ages))
      this.#minute = setTimeout(() => this.#grow(), MINUTE).unref();
  }

  #look(isMeant: (answer: Answer) => boolean = () => true): void {
    const parts = new Set<Part>();
    for (const [key, answer] of this.#answers) {
      if (parts.has(answer.part) || !isMeant(answer)) continue;
      const text = answer.again();
      if (text === undefined) this.#answers.delete(key);
      else if (text !== answer.text) {
        answer.text = text; // who is told and does not look is not told again
        parts.add(answer.part);
      }
    }
    if (!parts.size) return;
    for (const answer of this.#answers.values()) if (parts.has(answer.part)) answer.ages = false; // until it is asked for again
    this.#last = performance.now();
    for (const part of parts) this.#refresh(part);
  }
}
