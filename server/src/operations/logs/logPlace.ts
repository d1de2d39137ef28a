import type { LogPlace } from '../../protocol.ts';

/**
 * How far a log was read. The API server goes on from a whole second; which of the lines since then are known is told by counting them, since
 * the log is a file to which lines are only added: two lines of the same time and text are still two.
 */
export class Place {
  /** The second before the newest, and the newest: stdout and stderr may be written a little out of order. */
  private before: Count | undefined;
  private newest: Count | undefined;
  private last = '';
  private same = 0;

  static from(given: LogPlace | undefined): Place {
    const place = new Place();
    if (!given) return place;
    place.newest = { second: given.since, first: given.first, count: given.count };
    place.last = given.last;
    place.same = given.same;
    return place;
  }

  /** Notes a line of that time; one without is not counted. */
  see(time: string): void {
    if (!time) return;
    const second = time.slice(0, 19);
    if (!this.newest || second > this.newest.second) {
      this.before = this.newest;
      this.newest = { second, first: time, count: 0 };
    }
    if (this.before && second >= this.before.second) this.before.count++;
    if (second >= this.newest.second) this.newest.count++;
    if (time > this.last) {
      this.last = time;
      this.same = 1;
    } else if (time === this.last) this.same++;
  }

  /** Where to go on; `undefined` where nothing was read. */
  get now(): LogPlace | undefined {
    const from = this.before ?? this.newest;
    if (!from) return undefined;
    return { since: from.second, first: from.first, count: from.count, last: this.last, same: this.same };
  }
}

interface Count {
  /** `2026-01-01T00:00:00`. */
  second: string;
  /** Time of the first line that was counted. */
  first: string;
  count: number;
}

/** Tells the lines that are known already from the first new one, in a log that is read again from `since` on. */
export class Known {
  private readonly place: LogPlace;
  private by: 'count' | 'time' | undefined;
  private left: number;
  private same: number;

  constructor(place: LogPlace) {
    this.place = place;
    this.left = place.count;
    this.same = place.same;
  }

  has(time: string): boolean {
    const { first, last } = this.place;
    if (!time) return false;
    if (this.by === undefined) {
      if (time < first) return true; // from before the lines that were asked for at first
      // A log that begins later was rotated meanwhile: then the times must do.
      this.by = time === first ? 'count' : 'time';
    }
    if (this.by === 'count') return time <= last && this.left-- > 0;
    return time < last || (time === last && this.same-- > 0);
  }
}
