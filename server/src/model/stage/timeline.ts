/**
 * Values in the order in which they came to hold; asks cost the logarithm of their number. Most hold one value only,
 * which is kept without an array.
 */
export class Timeline<T> {
  private firstMoment = -1;
  private firstValue: T | undefined;
  private moments: number[] | undefined;
  private values: T[] = NONE;

  /** Moments never go back; a second value for the same moment replaces the first. */
  set(moment: number, value: T): void {
    if (this.firstMoment < 0 || (!this.moments && this.firstMoment === moment)) {
      this.firstMoment = moment;
      this.firstValue = value;
    } else if (!this.moments) {
      this.moments = [this.firstMoment, moment];
      this.values = [this.firstValue as T, value];
    } else if (this.moments.at(-1) === moment) this.values[this.values.length - 1] = value;
    else {
      this.moments.push(moment);
      this.values.push(value);
    }
  }

  /** The last value that was set before `limit`. */
  before(limit: number): T | undefined {
    if (!this.moments) return this.firstMoment >= 0 && this.firstMoment < limit ? this.firstValue : undefined;
    return this.values[positionBefore(this.moments, limit)];
  }

  /** When that value came to hold; -1 if there is none. */
  momentBefore(limit: number): number {
    if (!this.moments) return this.firstMoment < limit ? this.firstMoment : -1;
    return this.moments[positionBefore(this.moments, limit)] ?? -1;
  }

  /** All values that were set before `limit`, first to last. */
  allBefore(limit: number): readonly T[] {
    if (this.moments) return this.values.slice(0, positionBefore(this.moments, limit) + 1);
    const only = this.before(limit);
    return only === undefined ? [] : [only];
  }
}

const NONE: never[] = [];

function positionBefore(moments: readonly number[], limit: number): number {
  let low = 0;
  let high = moments.length;
  // Most asks are about now.
  if (high > 0 && (moments[high - 1] ?? 0) < limit) return high - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
