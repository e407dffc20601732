/** Choices at random that are the same for the same seed: Mulberry32 (Tommy Ettinger, public domain). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0, below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  is(probability: number): boolean {
    return this.next() < probability;
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** Each by itself with this probability. */
  some<T>(list: readonly T[], probability: number): T[] {
    return list.filter(() => this.is(probability));
  }

  /** From one to `most` of what `one` makes, in a row. */
  joined(most: number, one: () => string, separator = " "): string {
    return Array.from({ length: 1 + this.below(most) }, one).join(separator);
  }

  /** From one to `most` different ones. */
  several<T>(list: readonly T[], most: number): T[] {
    const count = 1 + this.below(most);
    return [...new Set(Array.from({ length: count }, () => this.of(list)))];
  }
}

/** The seeds of a suite: `100-150`, or one alone. */
export function seedsOf(range: string): readonly number[] {
  const [first = 1, last = first] = range.split("-").map(Number);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
