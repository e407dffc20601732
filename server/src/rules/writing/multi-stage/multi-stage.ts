import { evaluateDockerfile } from "../../../model/stage/evaluate.ts";
import type { PackageJson } from "../../../model/stage/package-json.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { parseDockerfile } from "../../../syntax/dockerfile/parse.ts";
import { applyEdits, type TextEdit } from "../../../text/edit.ts";
import { startsToolchain } from "../../knowledge/commands/compilers.ts";
import type { NodeInstall } from "../../knowledge/packages/node/node-installs.ts";
import type { Fix } from "../../rule.ts";
import { splitCompiledStage } from "./compiled.ts";
import { splitDotnetStage } from "./dotnet.ts";
import { splitJavaStage } from "./java.ts";
import { splitNodeStage } from "./node.ts";
import { isSameContainer } from "./same-container.ts";
import { pathOfProgram, startedBy } from "./started-program.ts";

/** By language; the first that knows what the stage builds. */
const languages: readonly ((stage: Stage) => readonly TextEdit[] | undefined)[] = [
  splitCompiledStage,
  splitDotnetStage,
  splitJavaStage,
];

/**
 * The refactoring of a final stage that compiles and starts a program: a builder, and an image with the program alone.
 * Nothing where it is not certain what the program needs, or what comes out would not hold it.
 */
export function multiStageFixes(stage: Stage): Fix[] {
  for (const split of languages) {
    const edits = split(stage);
    if (edits && isSound(stage, edits))
      // Made alone: what other fixes add to the stage is meant for the image that it has now.
      return [
        {
          kind: "unsafe",
          title: "Build in a stage of its own, and ship the program alone",
          edits,
          others: [],
        },
      ];
  }
  return [];
}

/** By which the fix is known among those of a finding. */
export const nodeStageTitle = "Build in a stage of its own, and ship production dependencies alone";

/** The same of a final stage that installs devDependencies of Node, builds with them, and starts what was built. */
export function nodeStageFixes(stage: Stage, install: NodeInstall, json: PackageJson): Fix[] {
  const edits = splitNodeStage(stage, install, json).find((it) => isSound(stage, it, true));
  return edits ? [{ kind: "unsafe", title: nodeStageTitle, edits, others: [] }] : [];
}

/** Does the new final stage parse, and hold what it starts? */
function isSound(stage: Stage, edits: readonly TextEdit[], maySameImage = false): boolean {
  const { model, base } = stage;
  const file = parseDockerfile(applyEdits(model.file.text, edits));
  const final = evaluateDockerfile(file, model.inputs).finalStage;
  if (!final || file.problems.length > model.file.problems.length) return false;
  if (final.base.kind !== "image" || base.kind !== "image") return false;
  if (!maySameImage && final.base.image.text === base.image.text) return false;
  const started = startedBy(final);
  const path = started && pathOfProgram(started.program, final);
  if (!started || startsToolchain(started.words ?? [started.program]) || !isSameContainer(stage, final))
    return false;
  return (
    path === undefined ||
    final.result.hasPath(path).is === "yes" ||
    final.result.hasTool(started.program).is === "yes"
  );
}
