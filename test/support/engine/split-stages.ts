import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { shippedImages } from "../../../server/src/model/image/shipped-images.ts";
import { evaluateDockerfile } from "../../../server/src/model/stage/evaluate.ts";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import type { Rule } from "../../../server/src/rules/rule.ts";
import { parseDockerfile } from "../../../server/src/syntax/dockerfile/parse.ts";
import { applyEdits } from "../../../server/src/text/edit.ts";
import { Disk } from "../../../server/src/workspace/disk.ts";
import { shellReader } from "../../../server/src/workspace/wasm.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { allEvents, buildOf } from "./build-events.ts";
import type { RealEngine } from "./engine.ts";
import type { ConnectedEngine } from "./engines.ts";

/** A project built as it is, and as the first fix of a rule leaves its Dockerfile. */
export interface BuiltTwice {
  readonly before: string;
  readonly after: string;
  /** The Dockerfile that the fix made. */
  readonly dockerfile: string;
}

/** Builds the project of a folder twice, with these tags. */
export async function buildTwice(
  { engine }: ConnectedEngine,
  folder: string,
  rule: Rule,
  [before, after]: readonly [string, string],
): Promise<BuiltTwice> {
  const context = temporaryFolder();
  cpSync(folder, context, { recursive: true });
  await allEvents(engine.build(buildOf(context, { tags: [before] })));
  const file = path.join(context, "Dockerfile");
  const dockerfile = await fixed(context, readFileSync(file, "utf8"), rule);
  writeFileSync(file, dockerfile);
  await allEvents(engine.build(buildOf(context, { tags: [after] })));
  return { before, after, dockerfile };
}

/** What the fix makes of a Dockerfile. */
async function fixed(context: string, text: string, rule: Rule): Promise<string> {
  const inputs = {
    images: shippedImages,
    shell: await shellReader(),
    context: new Disk().contextAt(context),
    buildArguments: {},
  };
  const problems = checkDockerfile(evaluateDockerfile(parseDockerfile(text), inputs), { rules: [rule] });
  const edits = problems.find((it) => it.rule === rule.id)?.fixes[0]?.edits;
  if (!edits) throw new Error("The rule offers no fix.");
  return applyEdits(text, edits);
}

/** The output of a container until it ends, or until its health check says that it is well. */
export async function saidBy(image: string, real: RealEngine): Promise<string> {
  const container = (await real.docker("run", "--detach", image)).trim();
  try {
    for (const deadline = Date.now() + 30_000; ; await sleep(200)) {
      const format =
        "{{.State.Status}} {{.State.ExitCode}} {{if .State.Health}}{{.State.Health.Status}}{{end}}";
      const state = (await real.docker("inspect", "--format", format, container)).trim();
      if (/^exited 0\b| healthy$/.test(state)) return await real.docker("logs", container);
      if (state.startsWith("exited") || Date.now() > deadline)
        throw new Error(`${image} is ${state}:\n${await real.docker("logs", container)}`);
    }
  } finally {
    await real.docker("rm", "--force", container);
  }
}

export async function sizeOf(image: string, real: RealEngine): Promise<number> {
  return Number(await real.docker("image", "inspect", "--format", "{{.Size}}", image));
}
