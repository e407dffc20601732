import { readByteSize } from "../../text/byte-size.ts";
import { type BudgetMeasure, budgetNames, type PatternBudget } from "../size-budget.ts";
import { type Complain, entriesIn, type KeyReader, textOf, unknownName } from "./yaml-values.ts";

type Entry = Parameters<KeyReader>[0];

/**
 * Budgets by pattern: a size, which is what the image may weigh on disk, or a mapping of `max-size` and `max-transfer`. One that
 * cannot be read is complained about, and the others hold.
 */
export function sizeBudgetsOf(entry: Entry, complain: Complain): readonly PatternBudget[] {
  return entriesIn(entry, complain).flatMap((each): readonly PatternBudget[] => {
    const pattern = each.key.value;
    if (each.value?.kind !== "mapping") return budget(pattern, "disk", each, complain);
    return each.value.entries.flatMap((named) => {
      const name = named.key.value;
      const of = Object.hasOwn(budgetNames, name) ? budgetNames[name] : undefined;
      if (of) return budget(pattern, of, named, complain);
      const message = unknownName(`no \`${name}\` in a budget`, name, Object.keys(budgetNames));
      complain("configuration-key", message, named.key.span);
      return [];
    });
  });
}

function budget(
  pattern: string,
  of: BudgetMeasure,
  { key, value }: Entry,
  complain: Complain,
): readonly PatternBudget[] {
  const read = readByteSize(textOf(value)?.text ?? "");
  if (read.kind === "bytes") return [{ pattern, of, bytes: read.bytes }];
  const message =
    textOf(value) === undefined
      ? `The budget of \`${pattern}\` has to be a size, for example 25MB or 1.5GiB.`
      : read.message;
  complain("configuration-value", message, value?.span ?? key.span);
  return [];
}
