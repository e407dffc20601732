import type { Comment, Dockerfile, Instruction } from "../../../syntax/dockerfile/tree.ts";
import { type ReadByteSize, readByteSize } from "../../../text/byte-size.ts";
import { nearestName } from "../../../text/nearest-name.ts";
import { firstWhere } from "../../../text/sorted.ts";
import { contains, type Span, span } from "../../../text/span.ts";
import { type BudgetMeasure, budgetNames } from "../../size-budget.ts";

/** One `name=value` of a comment that gives a stage its budget: `# plimsoll: max-size=25MB max-transfer=10MB`. */
export interface BudgetSetting {
  readonly name: string;
  readonly nameSpan: Span;
  /** From the name to the end of the value. */
  readonly span: Span;
  /** Undefined for a name that is none, written like one. */
  readonly of: BudgetMeasure | undefined;
  /** What the name was probably meant to be, where it is none. */
  readonly meant: string | undefined;
  readonly value: ReadByteSize;
  /** The FROM of the stage that it is about: the one below, else the one that it stands behind. */
  readonly from: Instruction | undefined;
}

/** What the comments of a file say of budgets, in order of place. */
export function budgetSettings(file: Dockerfile): readonly BudgetSetting[] {
  const froms = fromsOf(file);
  return file.comments.flatMap((it) => settingsIn(it, file, froms));
}

/** The comments on lines of their own that give a stage its budget. */
export function budgetComments(file: Dockerfile, from: Instruction): readonly Comment[] {
  const froms = fromsOf(file);
  return file.comments.filter(
    (comment) =>
      settingsIn(comment, file, froms).some((it) => it.from === from) &&
      !file.instructions.some((it) => contains(it.span, comment.span.start)),
  );
}

/** What counts for a stage: of each measure the first that can be read. */
export function budgetsOfStage(
  settings: readonly BudgetSetting[],
  from: Instruction,
): readonly BudgetSetting[] {
  const own = settings.filter((it) => it.from === from && it.of !== undefined && it.value.kind === "bytes");
  return own.filter((it, at) => own.findIndex((other) => other.of === it.of) === at);
}

function settingsIn(
  comment: Comment,
  file: Dockerfile,
  froms: readonly Instruction[],
): readonly BudgetSetting[] {
  const written = file.text.slice(comment.span.start, comment.span.end);
  const [head = ""] = /^#\s*plimsoll(?::\s*|\s+)/i.exec(written) ?? [];
  if (head === "" || /^(?:(?:global|stage)\s+)?ignore\b/i.test(written.slice(head.length))) return [];
  const from = fromOf(comment, file, froms);
  return [...written.slice(head.length).matchAll(SETTING)].flatMap((match): readonly BudgetSetting[] => {
    const [whole, name = "", value = ""] = match;
    const of = Object.hasOwn(budgetNames, name.toLowerCase()) ? budgetNames[name.toLowerCase()] : undefined;
    const meant = of ? undefined : nearestName(name, Object.keys(budgetNames));
    // Prose with an equals sign in it is nobody's budget.
    if (!of && meant === undefined && !/^max-/i.test(name)) return [];
    const start = comment.span.start + head.length + match.index;
    return [
      {
        name,
        nameSpan: span(start, start + name.length),
        span: span(start, start + whole.trimEnd().length),
        of,
        meant,
        value: readByteSize(value),
        from,
      },
    ];
  });
}

/** A value ends where the next name, a comma or another comment begins, so that `max-size=25 MB` is one. */
const SETTING = /([a-z][\w-]*)\s*=\s*((?:(?!\s+[a-z][\w-]*\s*=)[^,;#])*)/gi;

function fromsOf({ instructions }: Dockerfile): readonly Instruction[] {
  return instructions.filter((it) => it.name === "FROM");
}

function fromOf(
  { span: place }: Comment,
  { instructions }: Dockerfile,
  froms: readonly Instruction[],
): Instruction | undefined {
  const isBelow = (it: Instruction) => it.span.end > place.start;
  const below = instructions[firstWhere(instructions, isBelow)];
  if (below?.name === "FROM") return below;
  const next = firstWhere(froms, isBelow);
  return froms[next - 1] ?? froms[next];
}
