/** Values in the order in which they came to hold; asks cost the logarithm of their number. */
export class Timeline<T> {
  private readonly moments: number[] = [];
  private readonly values: T[] = [];

  /** Moments never go back; a second value for the same moment replaces the first. */
  set(moment: number, value: T): void {
    if (this.moments.at(-1) === moment) this.values[this.values.length - 1] = value;
    else {
      this.moments.push(moment);
      this.values.push(value);
    }
  }

  /** The last value that was set before `limit`. */
  before(limit: number): T | undefined {
    return this.values[this.positionBefore(limit)];
  }

  /** When that value came to hold; -1 if there is none. */
  momentBefore(limit: number): number {
    return this.moments[this.positionBefore(limit)] ?? -1;
  }

  /** All values that were set before `limit`, first to last. */
  allBefore(limit: number): readonly T[] {
    return this.values.slice(0, this.positionBefore(limit) + 1);
  }

  private positionBefore(limit: number): number {
    let low = 0;
    let high = this.moments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.moments[middle] ?? 0) < limit) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
