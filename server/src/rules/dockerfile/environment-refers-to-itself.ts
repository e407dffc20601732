import type { Stage } from "../../model/stage/stage.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import type { Instruction, Pair } from "../../syntax/dockerfile/tree.ts";
import { type VariableReference, variablesIn } from "../../syntax/dockerfile/variables.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { span } from "../../text/span.ts";
import { firstDeclarations } from "../knowledge/instructions/global-arguments.ts";
import { type Fix, stageRule } from "../rule.ts";
import { holdsComment, lineBreakOf } from "../writing/dockerfile/lines.ts";

export const environmentRefersToItself = stageRule({
  id: "environment-refers-to-itself",
  title: "ENV that uses a variable which it sets itself",
  severity: "warning",
  tags: ["build"],
  aliases: ["DL3044", "UndefinedVar"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a variable in an ENV that the same ENV sets with another of its pairs, unless an earlier ARG or ENV sets
      it too, or the base image sets it to the very same value. A variable in its own value, as in
      \`PATH=/app/bin:$PATH\`, is usual.`,
    why: source`
      All values of one ENV are expanded before any of them is set. What is used is the value from before the
      instruction, which mostly is nothing at all.`,
    bad: source`
      FROM alpine:3.24
      ENV APP_HOME=/app PATH=$APP_HOME/bin:$PATH
                             ^^^^^^^^^ environment-refers-to-itself: APP_HOME is set by this same ENV, so it still has its old value here.`,
    good: source`
      FROM alpine:3.24
      ENV APP_HOME=/app
      ENV PATH=$APP_HOME/bin:$PATH`,
  },
  onlyWith: { instructions: ["ENV"] },

  check(stage, report) {
    for (const instruction of stage.instructions) {
      if (instruction.name !== "ENV" || instruction.pairs.length < 2) continue;
      if (!instruction.body.text.includes("$") || !mayUseOwn(instruction)) continue;
      const all = usesOfOwn(instruction, stage);
      const uses = all.filter((it) => !isSetBefore(it, instruction, stage));
      for (const use of uses) {
        const { name, span: place } = use.reference;
        report(place, `${name} is set by this same ENV, so it still has its old value here.`, {
          related: [{ message: `${name} is set here.`, span: use.setBy.span }],
          aliases:
            stage.before(instruction).isSet(name).is === "no" ? ["DL3044", "UndefinedVar"] : ["DL3044"],
          fixes: fixesOf(use, uses, all, instruction, stage),
        });
      }
    }
  },
});

/** Does the text of one pair hold the name of another? */
function mayUseOwn({ pairs }: Instruction): boolean {
  return pairs.some(({ value }) => {
    const text = value?.raw;
    return text?.includes("$") && pairs.some((it) => it.value !== value && text.includes(it.name.raw));
  });
}

interface OwnUse {
  readonly reference: VariableReference;
  /** Positions of the pairs that use it and set it. */
  readonly usedAt: number;
  readonly setAt: number;
  readonly setBy: Pair;
}

function usesOfOwn({ pairs }: Instruction, { model }: Stage): OwnUse[] {
  const setAt = new Map<string, number[]>();
  for (const [at, { name }] of pairs.entries()) {
    const places = setAt.get(name.raw);
    if (places) places.push(at);
    else setAt.set(name.raw, [at]);
  }
  return pairs.flatMap(({ value }, usedAt) => {
    const references = value?.raw.includes("$") ? variablesIn(value, model.file.escape) : [];
    return references.flatMap((reference) => {
      // In its own value a variable is meant to be what it was, unless a pair in front was meant to set it.
      const isOwn = pairs[usedAt]?.name.raw === reference.name;
      const at = setAt.get(reference.name)?.find((it) => (isOwn ? it < usedAt : it !== usedAt));
      const setBy = at === undefined ? undefined : pairs[at];
      // With a default or a condition the author has thought of a variable that is not set.
      if (at === undefined || !setBy || reference.operator !== "") return [];
      return [{ reference, usedAt, setAt: at, setBy }];
    });
  });
}

/** Set by an earlier ARG or ENV of the file, or by the base image to what it is set to here. */
function isSetBefore({ reference: { name }, setBy }: OwnUse, env: Instruction, stage: Stage): boolean {
  const first = firstDeclarations(stage).get(name);
  if (first !== undefined && first.span.start < env.span.start) return true;
  for (let { base } = stage; base.kind === "stage"; base = base.stage.base)
    if (firstDeclarations(base.stage).has(name)) return true;
  const before = stage.before(env).variable(name);
  return before.known && setBy.value !== undefined && before.value === wordValue(setBy.value, env, stage);
}

/** An ENV of its own from the first pair on that uses what the pairs before it set. */
function fixesOf(
  { usedAt, setAt }: OwnUse,
  uses: readonly OwnUse[],
  all: readonly OwnUse[],
  env: Instruction,
  { model: { file } }: Stage,
): Fix[] {
  if (setAt > usedAt) return [];
  const cut = uses.find((it) => setAt < it.usedAt && it.setAt < it.usedAt)?.usedAt ?? usedAt;
  const [before, behind] = [env.pairs[cut - 1], env.pairs[cut]];
  // What was set before the instruction as well would be another value behind the cut.
  const changesMore = all.some((it) => it.setAt < cut && cut <= it.usedAt && !uses.includes(it));
  if (!before || !behind || changesMore) return [];
  const gap = span(before.span.end, behind.span.start);
  if (holdsComment(file, gap)) return [];
  const keyword = file.text.slice(env.keyword.start, env.keyword.end);
  const edit = replace(gap, `${lineBreakOf(file)}${keyword} `);
  return [{ kind: "safe", title: `Split into two ${keyword}`, edits: [edit] }];
}
