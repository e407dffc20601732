export type Trend = "smaller" | "larger" | "same";

export function trendOf(difference: number): Trend {
  return difference < 0 ? "smaller" : difference > 0 ? "larger" : "same";
}
