import { DockerfileParser } from "dockerfile-ast";
import { parseDockerfile } from "../../server/src/syntax/dockerfile/parse.ts";
import { tokensOf } from "../../server/src/syntax/dockerfile/tokens.ts";
import type { Dockerfile, Instruction } from "../../server/src/syntax/dockerfile/tree.ts";
import { generateDockerfile } from "./corpus.ts";
import { interleaved } from "./interleaved.ts";

/** Compares parsing with dockerfile-ast: `node test/bench/dockerfile-parse.ts` with Node 24. */
const rows: Record<string, unknown>[] = [];
for (const lines of [20, 200, 2_000, 20_000]) {
  const text = generateDockerfile(lines);
  const times = await interleaved(
    {
      peer: () => DockerfileParser.parse(text),
      plain: () => parseDockerfile(text),
      words: () => readEverything(parseDockerfile(text)),
      problems: () => parseDockerfile(text).problems.length,
      tokens: () => tokensOf(parseDockerfile(text)).length,
    },
    lines < 20_000 ? 1_500 : 5_000,
  );
  rows.push({
    lines,
    "dockerfile-ast ms": round(times.peer),
    "parse ms": round(times.plain),
    "parse ratio": ratio(times.peer, times.plain),
    "+ all words ms": round(times.words),
    "words ratio": ratio(times.peer, times.words),
    "+ problems ms": round(times.problems),
    "problems ratio": ratio(times.peer, times.problems),
    "+ tokens ms": round(times.tokens),
  });
}
console.table(rows);

/** Forces everything that is read only when asked. */
function readEverything(file: Dockerfile): number {
  let read = file.comments.length;
  for (const instruction of file.instructions) {
    for (let it: Instruction | undefined = instruction; it; it = it.inner) {
      read += it.words.length + it.pairs.length + it.span.end + (it.exec?.length ?? 0);
      for (const flag of it.flags) read += flag.fields.length;
    }
  }
  return read;
}

function round(milliseconds: number): number {
  return Number(milliseconds.toPrecision(3));
}

function ratio(peer: number, ours: number): string {
  return `1/${(peer / ours).toFixed(1)}`;
}
