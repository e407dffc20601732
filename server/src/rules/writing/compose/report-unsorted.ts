import { putInOrder } from "../../../model/compose/edit/put-in-order.ts";
import type { ComposeProject } from "../../../model/compose/project.ts";
import type { MappingNode, SequenceNode } from "../../../syntax/compose/tree.ts";
import type { Span } from "../../../text/span.ts";
import type { Fix, Report } from "../../rule.ts";

/** An entry of a list by the name that it is sorted by. */
export interface Sortable {
  readonly name: string;
  readonly span: Span;
}

/**
 * Reports the first entry that stands behind one that comes after it, with a fix that puts all of them in order: written `on demand`
 * where there may be thousands.
 */
export function reportUnsorted(
  { file }: ComposeProject,
  list: MappingNode | SequenceNode,
  entries: readonly Sortable[],
  compare: (a: string, b: string) => number,
  report: Report,
  written: "at once" | "on demand" = "at once",
): void {
  const at = entries.findIndex(
    (it, index) => index > 0 && compare(entries[index - 1]?.name ?? "", it.name) > 0,
  );
  const found = entries[at];
  if (!found) return;
  const before = entries.slice(0, at).find((it) => compare(it.name, found.name) > 0);
  const inOrder = (): readonly Fix[] => {
    const order = entries
      .map((_, index) => index)
      .sort((a, b) => compare(entries[a]?.name ?? "", entries[b]?.name ?? "") || a - b);
    const edits = putInOrder(file, list, order);
    return edits ? [{ kind: "safe", title: "Put all of them in order", edits }] : [];
  };
  report(found.span, `${found.name} comes before ${before?.name}.`, {
    related: before ? [{ message: `${before.name} is here.`, span: before.span }] : [],
    fixes: written === "on demand" ? inOrder : inOrder(),
  });
}

/** As English dictionaries sort, whatever the machine's language. */
export function byAlphabet(a: string, b: string): number {
  return a.localeCompare(b, "en");
}

/** By the place in a list; what is not in it comes last, by the alphabet. */
export function byList(names: readonly string[]): (a: string, b: string) => number {
  const rank = (name: string) => (names.includes(name) ? names.indexOf(name) : names.length);
  return (a, b) => rank(a) - rank(b) || (rank(a) === names.length ? byAlphabet(a, b) : 0);
}
