/** Keeps of many things that can be made anew only those that were used last. */
export class Recent<Thing> {
  private readonly kept = new Map<{ thing?: Thing }, number>();
  private readonly most: number;
  private readonly mostWeight: number;
  private weight = 0;

  /** At most so many things are kept, and as many as weigh no more than `mostWeight` together. */
  constructor(most: number, mostWeight: number) {
    this.most = most;
    this.mostWeight = mostWeight;
  }

  /** A function that gives the thing, as it was kept or made anew. */
  hold<Args extends unknown[]>(weight: number, make: (...args: Args) => Thing): (...args: Partial<Args>) => Thing {
    const place: { thing?: Thing } = {};
    return (...args) => {
      const thing = place.thing ?? make(...(args as Args));
      if (this.kept.delete(place)) this.weight -= weight;
      place.thing = thing;
      this.kept.set(place, weight);
      this.weight += weight;
      for (const [oldest, its] of this.kept) {
        if (oldest === place || (this.kept.size <= this.most && this.weight <= this.mostWeight)) break;
        oldest.thing = undefined;
        this.kept.delete(oldest);
        this.weight -= its;
      }
      return thing;
    };
  }
}
