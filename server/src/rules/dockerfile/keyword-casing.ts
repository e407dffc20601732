import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { instructionNames } from "../../syntax/dockerfile/forms.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { dockerfileRule, type Fix } from "../rule.ts";

export const keywordCasing = dockerfileRule({
  id: "keyword-casing",
  title: "Instruction in another case than the others",
  severity: "info",
  tags: ["clarity"],
  aliases: ["ConsistentInstructionCasing", "FromAsCasing", "S6476"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports instructions in mixed case, instructions in lower case where most of the file is in upper case and the other
      way round, and an AS whose case is not that of its FROM. Upper case wins a tie.`,
    why: source`
      BuildKit reads instructions in any case, people do not: instructions that all look alike are found at a glance, and
      a file in two manners looks as if two files had been merged.`,
    bad: source`
      FROM alpine:3.24 as base
                       ^^ keyword-casing: as is not in the case of its FROM.
      copy . /app
      ^^^^ keyword-casing: copy is not in upper case as most instructions of this file are.
      RUN ls /app`,
    good: source`
      FROM alpine:3.24 AS base
      COPY . /app
      RUN ls /app`,
  },

  check(model, report) {
    const instructions = builtFrom(model);
    const wanted = majority(instructions, model);
    for (const instruction of instructions) {
      const word = wordAt(instruction.keyword, model);
      // All that most files have: a name as it is written, but for the AS behind it.
      if (word === instruction.name && wanted === "upper" && instruction.name !== "FROM") continue;
      if (!isIn(wanted, word)) {
        report(
          instruction.keyword,
          `${word} is not in ${wanted} case as most instructions of this file are.`,
          {
            fixes: inCase(wanted, instruction, model),
            aliases: ["ConsistentInstructionCasing", "S6476"],
          },
        );
      }
      const as = asOf(instruction, model);
      const own = caseOf(word);
      if (!as || !own || isIn(own, wordAt(as, model))) continue;
      report(as, `${wordAt(as, model)} is not in the case of its ${word}.`, {
        fixes: inCase(wanted, instruction, model),
        aliases: ["FromAsCasing"],
      });
    }
  },
});

const known: ReadonlySet<string> = new Set(instructionNames);

type Case = "upper" | "lower";

/** Instructions before the first FROM do not count, as they do not for BuildKit (dockerfile2llb/convert.go, read 2026-11). */
function builtFrom(model: DockerfileModel): readonly Instruction[] {
  const built: Instruction[] = [];
  for (const { from, instructions } of model.stages) {
    built.push(from);
    // Anything else is a slip, or the rest of an instruction that is broken.
    for (const instruction of instructions) if (known.has(instruction.name)) built.push(instruction);
  }
  return built;
}

function majority(instructions: readonly Instruction[], model: DockerfileModel): Case {
  let balance = 0;
  for (const { keyword, name } of instructions) {
    const word = wordAt(keyword, model);
    const own = word === name ? "upper" : caseOf(word);
    if (own) balance += own === "upper" ? 1 : -1;
  }
  return balance < 0 ? "lower" : "upper";
}

/** Undefined for mixed case. */
function caseOf(word: string): Case | undefined {
  if (isIn("upper", word)) return "upper";
  return isIn("lower", word) ? "lower" : undefined;
}

function isIn(wanted: Case, word: string): boolean {
  return written(wanted, word) === word;
}

function written(wanted: Case, word: string): string {
  return wanted === "upper" ? word.toUpperCase() : word.toLowerCase();
}

function asOf(instruction: Instruction, model: DockerfileModel): Span | undefined {
  if (instruction.name !== "FROM") return undefined;
  const as = instruction.words[1];
  return instruction.words.length === 3 && as && /^as$/i.test(wordAt(as.span, model)) ? as.span : undefined;
}

/** FROM and its AS are set right together: one alone would be wrong beside the other. */
function inCase(wanted: Case, instruction: Instruction, model: DockerfileModel): Fix[] {
  const as = asOf(instruction, model);
  const wrong = [instruction.keyword, ...(as ? [as] : [])].filter((it) => !isIn(wanted, wordAt(it, model)));
  // The case of the AS may be right, and that of its FROM be split by a continuation.
  if (wrong.some((it) => !/^[a-z]+$/i.test(wordAt(it, model)))) return [];
  return [
    {
      kind: "safe",
      title: `Write ${wrong.map((it) => written(wanted, wordAt(it, model))).join(" and ")} in ${wanted} case`,
      edits: wrong.map((it) => replace(it, written(wanted, wordAt(it, model)))),
    },
  ];
}

function wordAt({ start, end }: Span, { file }: DockerfileModel): string {
  return file.text.slice(start, end);
}
