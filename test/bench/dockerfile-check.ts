import { validate } from "dockerfile-utils";
import { shippedImages } from "../../server/src/model/image/shipped-images.ts";
import { evaluateDockerfile } from "../../server/src/model/stage/evaluate.ts";
import { checkDockerfile } from "../../server/src/rules/check.ts";
import { parseDockerfile } from "../../server/src/syntax/dockerfile/parse.ts";
import { shellReader } from "../../server/src/workspace/wasm.ts";
import {
  generateDockerfile,
  generateIndependentStages,
  generateLongStages,
  generateSingleStage,
} from "./corpus.ts";
import { interleaved } from "./interleaved.ts";

/**
 * Compares a full check (parse, evaluate, every rule) with the validation of dockerfile-utils:
 * `node test/bench/dockerfile-check.ts` with Node 24. `first` is a file that was never seen; `after an edit` is the same
 * file with one more line at its end, whose scripts the shell reader remembers, as after a keystroke.
 */
const shell = await shellReader();
const rows: Record<string, unknown>[] = [];
for (const [name, text] of [
  ["20 lines", generateDockerfile(20)],
  ["200 lines", generateDockerfile(200)],
  ["2,000 lines", generateDockerfile(2_000)],
  ["2,000 lines, independent", generateIndependentStages(2_000)],
  ["2,000 lines, three stages", generateLongStages(2_000)],
  ["4,000 lines in one stage", generateSingleStage(4_000)],
  ["20,000 lines", generateDockerfile(20_000)],
] as const) {
  let edits = 0;
  const times = interleaved(
    {
      peer: () => validate(text),
      edited: () => check(`${text}# ${edits++}\n`),
      first: () =>
        check(
          text.replaceAll("set -e", `set -e; : ${edits++};`).replaceAll("mkdir -p", `mkdir -p /${edits++}`),
        ),
    },
    text.length < 100_000 ? 2_000 : 8_000,
  );
  rows.push({
    file: name,
    "dockerfile-utils ms": round(times.peer),
    "first check ms": round(times.first),
    "first ratio": ratio(times.peer, times.first),
    "after an edit ms": round(times.edited),
    "edit ratio": ratio(times.peer, times.edited),
  });
}
console.table(rows);

function check(text: string): number {
  const model = evaluateDockerfile(parseDockerfile(text), {
    images: shippedImages,
    shell,
    context: undefined,
    buildArguments: {},
  });
  return checkDockerfile(model, { allRules: true }).length;
}

function round(milliseconds: number): number {
  return Number(milliseconds.toPrecision(3));
}

function ratio(peer: number, ours: number): string {
  return `1/${(peer / ours).toFixed(1)}`;
}
