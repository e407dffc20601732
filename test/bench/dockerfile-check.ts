import { validate } from "dockerfile-utils";
import { shippedImages } from "../../server/src/model/image/shipped-images.ts";
import type { DockerfileModel } from "../../server/src/model/stage/dockerfile-model.ts";
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
 * `node test/bench/dockerfile-check.ts` with Node 24. `first` is a file that was never seen, no RUN of which is like another
 * or like one before, as scripts are kept by their text; `again` is the same text, parsed and checked anew each time. The others are
 * the same file with a comment changed at its end or in its middle, or a word of an instruction in its middle, checked as the server
 * does it after a keystroke.
 */
const shell = await shellReader();
const inputs = { images: shippedImages, shell, context: undefined, buildArguments: {} };
let changes = 0;
/** The corpus has one of these in each. */
const IN_EACH_RUN = /\bset -e(?:ux)?\b|\brm -rf\b|\bmkdir -p\b|\bgo mod download\b/g;
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
  const times = await interleaved(
    {
      peer: () => validate(text),
      end: typing(text, 1),
      middle: typing(text, 0.5),
      word: typingInWord(text),
      first: () => check(neverSeen(text)),
      again: () => check(text),
    },
    text.length < 100_000 ? 2_000 : 8_000,
  );
  rows.push({
    file: name,
    "dockerfile-utils ms": round(times.peer),
    "first check ms": round(times.first),
    "first ratio": ratio(times.peer, times.first),
    "again ms": round(times.again),
    "again ratio": ratio(times.peer, times.again),
    "edit at its end ms": round(times.end),
    "end ratio": ratio(times.peer, times.end),
    "in its middle ms": round(times.middle),
    "middle ratio": ratio(times.peer, times.middle),
    "in a word ms": round(times.word),
    "word ratio": ratio(times.peer, times.word),
  });
}
console.table(rows);

function check(text: string): number {
  return checkDockerfile(evaluateDockerfile(parseDockerfile(text), inputs), { allRules: true }).length;
}

/** With another script in each RUN. */
function neverSeen(text: string): string {
  return text.replace(IN_EACH_RUN, (it) =>
    it.startsWith("set") ? `${it}; : ${changes++}` : `${it} /never-seen/${changes++}`,
  );
}

/** One keystroke after the other in a comment at a share of the text. */
function typing(text: string, share: number): () => number {
  const at = text.lastIndexOf("\n", Math.floor(text.length * share)) + 1;
  return typed((letters) => `${text.slice(0, at)}# ${letters}\n${text.slice(at)}`);
}

/** The same in what an instruction in the middle writes: its stage and those built on it are evaluated anew. */
function typingInWord(text: string): () => number {
  const mark = text.includes('echo "') ? 'echo "' : "VERSION=";
  const found = text.indexOf(mark, text.length / 2);
  const at = (found < 0 ? text.lastIndexOf(mark) : found) + mark.length;
  return typed((letters) => `${text.slice(0, at)}${letters}${text.slice(at)}`);
}

function typed(text: (letters: string) => string): () => number {
  let model: DockerfileModel | undefined;
  let keys = 0;
  return () => {
    const file = parseDockerfile(text("x".repeat(keys++ % 40)), model?.file);
    model = evaluateDockerfile(file, inputs, model);
    return checkDockerfile(model, { allRules: true }).length;
  };
}

function round(milliseconds: number): number {
  return Number(milliseconds.toPrecision(3));
}

function ratio(peer: number, ours: number): string {
  return `1/${(peer / ours).toFixed(1)}`;
}
