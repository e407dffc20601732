import type { Stage } from "../../model/stage/stage.ts";
import { safeEdits } from "../../rules/fix-all.ts";
import type { Problem } from "../../rules/rule.ts";
import { pathOfProgram, startedBy } from "../../rules/writing/multi-stage/started-program.ts";
import { applyEdits } from "../../text/edit.ts";
import { finalStageOf, textOf } from "./final-stage.ts";

/** What rules say of a text in the file's place. */
export type Check = (text: string) => readonly Problem[];

/** Findings that say for certain that a container would not start or the build would stop. */
const FATAL: ReadonlySet<string> = new Set([
  "untrusted-registry",
  "native-addon-libc-mismatch",
  "foreign-libc",
  "go-binary-needs-libc",
  "newer-libc-needed",
]);

export interface Verdict {
  /** The stage once more: what the adaptation brought and has a safe fix is put right. */
  readonly stage: Stage;
  readonly refused?: string;
  readonly checks: readonly string[];
}

/** Does the new stage hold what it starts, and is nothing wrong that was right? */
export function judge(stage: Stage, before: Stage, known: readonly Problem[], check: Check): Verdict {
  const path = startedPath(stage);
  const wasThere = startedPath(before);
  if (path !== undefined && wasThere !== undefined && before.result.hasPath(wasThere).is === "yes")
    if (stage.result.hasPath(path).is === "no")
      return { stage, refused: `${path} would not be in the image.`, checks: [] };
  const edits = safeEdits(addedTo(known, check(textOf(stage))));
  const righted = (edits.length > 0 && finalStageOf(stage, applyEdits(textOf(stage), edits))) || stage;
  const added = addedTo(known, check(textOf(righted)));
  const fatal = added.find((it) => it.severity === "error" || FATAL.has(it.rule));
  if (fatal) return { stage: righted, refused: fatal.message, checks: [] };
  return { stage: righted, checks: added.filter((it) => it.severity === "warning").map((it) => it.message) };
}

/** Of what is found now what is more than it was, rule by rule. */
function addedTo(known: readonly Problem[], now: readonly Problem[]): readonly Problem[] {
  const left = new Map<string, number>();
  for (const it of known) left.set(it.rule, (left.get(it.rule) ?? 0) + 1);
  return now.filter((it) => {
    const count = left.get(it.rule) ?? 0;
    left.set(it.rule, count - 1);
    return count <= 0;
  });
}

function startedPath(stage: Stage): string | undefined {
  const started = startedBy(stage);
  return started && pathOfProgram(started.program, stage);
}

/** Stages whose packages are copied, installed for the other C library: those with compiled parts do not load. */
export function foreignPackages(stage: Stage): readonly string[] {
  const { libc } = stage.result;
  if (!libc.known) return [];
  const froms = stage.instructions.flatMap((it) =>
    it.name === "COPY" ? it.flags.filter((flag) => flag.name === "from") : [],
  );
  const stages = froms.flatMap(({ value }) =>
    value === undefined ? [] : (stage.model.findStage(value, stage) ?? []),
  );
  return [...new Set(stages)].flatMap((it) => {
    const there = it.result.libc;
    if (!there.known || there.value === "none" || there.value === libc.value) return [];
    return `What is copied from ${it.name ?? it.index} was installed with ${there.value}, and this image has ${libc.value}: packages with compiled parts would not load.`;
  });
}
