import { expect, test } from "vitest";
import { shippedImages } from "../../server/src/model/image/shipped-images.ts";
import { evaluateDockerfile } from "../../server/src/model/stage/evaluate.ts";
import { checkDockerfile } from "../../server/src/rules/check.ts";
import { isBuildCheck } from "../../server/src/rules/knowledge/names/build-checks.ts";
import { syntaxCodes } from "../../server/src/rules/knowledge/names/syntax-codes.ts";
import { parseDockerfile } from "../../server/src/syntax/dockerfile/parse.ts";
import { shellReader } from "../../server/src/workspace/wasm.ts";
import { dockerCommand } from "../support/engine/docker-command.ts";
import { engineWithStore } from "../support/engine/engines.ts";
import { folderTree } from "../support/folder-tree.ts";
import { type Given, givenTo, oddDockerfile } from "../support/random/odd-dockerfile.ts";
import { seedsOf } from "../support/random/random.ts";

/**
 * Dockerfiles in odd spellings, judged by BuildKit itself (`docker buildx build --call=check`): where it refuses one, an error of ours
 * stands in the same instruction; where it takes one, we have no syntax error; and its warnings are our findings, both ways. Every
 * second one is built with arguments and named contexts.
 */
const up = engineWithStore("graph");
const shell = await shellReader();

/** Others may be tried by `RANDOM_SEEDS=100-150`. */
test.each(seedsOf(process.env["RANDOM_SEEDS"] ?? "1-24"))("seed %i", async (seed) => {
  const text = oddDockerfile(seed, "alpine:3.24");
  const given = seed % 2 === 0 ? givenTo(seed) : NOTHING;
  const theirs = await judge(text, given);
  // What it finds no image for it does not look at any further.
  if (theirs.error?.includes("failed to resolve source metadata")) return;
  const model = evaluateDockerfile(parseDockerfile(text), {
    images: shippedImages,
    shell,
    context: undefined,
    ...given,
  });
  const { lines, instructions } = model.file;
  const lineOf = (offset: number) => lines.starts.findLastIndex((it) => it <= offset) + 1;
  /** Where the instruction begins that a line belongs to. */
  const begin = (line: number) =>
    (instructions.find((it) => it.startLine < line && line <= it.endLine + 1)?.startLine ?? line - 1) + 1;
  const isInArgument = (line: number) =>
    instructions.some((it) => it.startLine === line - 1 && it.name === "ARG");
  const problems = checkDockerfile(model, { allRules: true }).map((it) => ({
    ...it,
    line: begin(lineOf(it.span.start)),
  }));
  const errors = problems.filter((it) => it.severity === "error");
  if (theirs.error !== undefined) {
    const told = problems
      .filter((it) => it.severity === "error" || it.aliases.includes("InvalidDefaultArgInFrom"))
      .map((it) => it.line);
    const why = `${theirs.error}\n${text}`;
    // Of what `error=true` makes of warnings, and of variables in `--from`, no place is told.
    if (theirs.line === undefined) expect(told, why).not.toEqual([]);
    else expect(told, why).toContain(begin(theirs.line));
    return;
  }
  expect(
    errors
      .filter(
        (it) => syntaxCodes.includes(it.rule) && !(isInArgument(it.line) && isNeverRead(it.rule, given)),
      )
      .map((it) => it.message),
    text,
  ).toEqual([]);
  const ours = new Set(
    problems.flatMap(({ aliases, line }) =>
      aliases.filter(isBuildCheck).map((it) => `${it} in line ${line}`),
    ),
  );
  const said = new Set(theirs.warnings.map(({ check, line }) => `${check} in line ${begin(line)}`));
  const differing = [...ours, ...said].filter((it) => ours.has(it) !== said.has(it));
  expect(
    differing.filter((it) => !meantOtherwise(it, problems)),
    text,
  ).toEqual([]);
});

const NOTHING: Given = { buildArguments: {}, contexts: [] };

/** A quote that is not closed is refused where it is read, and the default of an argument that is given is not: the slip stays one. */
function isNeverRead(code: string, { buildArguments }: Given): boolean {
  return code === "unterminated-quote" && Object.keys(buildArguments).length > 0;
}

/** Where we say something else on purpose. */
function meantOtherwise(
  warning: string,
  problems: readonly { readonly rule: string; readonly line: number }[],
): boolean {
  const [check = "", line] = warning.split(" in line ");
  // An experiment that BuildKit does not run by itself.
  if (check === "InvalidDefinitionDescription") return true;
  const instead = INSTEAD[check] ?? [];
  return problems.some((it) => it.line === Number(line) && instead.includes(it.rule));
}

/** One mistake is told once: that a directory is of a variable that nothing sets, or that no shell reads `~` and `*` in it. */
const INSTEAD: Readonly<Record<string, readonly string[]>> = {
  WorkdirRelativePath: [
    "undefined-variable",
    "argument-out-of-scope",
    "platform-argument-undeclared",
    "no-shell-expansion",
  ],
  JSONArgsRecommended: ["no-shell"],
};

interface Verdict {
  readonly error: string | undefined;
  readonly line: number | undefined;
  readonly warnings: readonly { readonly check: string; readonly line: number }[];
}

/** As it is printed; what a failed build says goes to standard error, and the rest to standard output. */
interface Printed {
  readonly warnings: readonly { readonly ruleName: string; readonly location?: Location }[] | null;
  readonly buildError?: { readonly message: string; readonly location?: Location };
}

interface Location {
  readonly ranges?: readonly { readonly start: { readonly line: number } }[];
}

async function judge(text: string, { buildArguments, contexts }: Given): Promise<Verdict> {
  const folder = folderTree({ a: "" });
  const wanted = ["buildx", "build", "--call=check,format=json", "--file", "-", folder];
  for (const [name, value] of Object.entries(buildArguments)) wanted.push("--build-arg", `${name}=${value}`);
  for (const name of contexts) wanted.push("--build-context", `${name}=${folder}`);
  // It fails where anything is found; what it found is on standard output all the same.
  const { output, errors } = await dockerCommand(up.real.dockerHost, wanted, { input: text });
  const json = output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1);
  if (json === "") throw new Error(`It was not judged: ${errors}`);
  const { warnings, buildError }: Printed = JSON.parse(json);
  const lineOf = (it: Location | undefined) => it?.ranges?.[0]?.start.line;
  return {
    error: buildError?.message,
    line: lineOf(buildError?.location),
    warnings: (warnings ?? []).map((it) => ({ check: it.ruleName, line: lineOf(it.location) ?? 0 })),
  };
}
