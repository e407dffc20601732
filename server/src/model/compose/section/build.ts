import { valueAt } from "../../../syntax/compose/find.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { BuildArguments, DockerfileModel } from "../../stage/dockerfile-model.ts";
import type { Stage } from "../../stage/stage.ts";
import { pathFrom } from "../files/path-from.ts";
import { isRemoteContext } from "../files/remote.ts";
import type { Build, EnvironmentEntry } from "../project.ts";
import { knownText, type Reading } from "../reading/reading.ts";
import { readVariables } from "./environment.ts";
import { readGrants } from "./grants.ts";

/** `build` of a service: a context alone, or a mapping. */
export function readBuild(service: YamlNode | undefined, reading: Reading): Build | undefined {
  const node = valueAt(service, "build");
  if (!node || node.kind === "sequence") return undefined;
  const isShort = node.kind === "scalar";
  const contextNode = isShort ? node : valueAt(node, "context");
  const dockerfileNode = isShort ? undefined : valueAt(node, "dockerfile");
  const inlineNode = isShort ? undefined : valueAt(node, "dockerfile_inline");
  const targetNode = isShort ? undefined : valueAt(node, "target");
  const context = knownText(contextNode, reading);
  const dockerfile = knownText(dockerfileNode, reading);
  const inline = knownText(inlineNode, reading);
  const target = knownText(targetNode, reading);

  const isElsewhere =
    (contextNode && (!context || isRemoteContext(context.value))) ||
    (dockerfileNode && !dockerfile) ||
    // Compose takes one of both.
    (inlineNode && (!inline || dockerfileNode)) ||
    // What is merged with this file may name the context: an override adds a `target` or `args` alone.
    (!isShort && !contextNode && !dockerfileNode && !reading.inputs.single);
  // `context` is `.` when it is not written (compose-spec build.md, read 2026-11).
  const directory = context?.value ?? ".";
  const args = readVariables(valueAt(node, "args"), reading);
  const model = isElsewhere
    ? undefined
    : inline
      ? reading.inputs.inlineDockerfile(directory, inline.value, valuesOf(args))
      : reading.inputs.dockerfile(directory, dockerfile?.value, valuesOf(args));
  return {
    span: node.span,
    context,
    dockerfile,
    target,
    args,
    secrets: readGrants(valueAt(node, "secrets"), reading),
    model,
    file:
      model && !inline
        ? pathFrom(reading.inputs.directory, directory, dockerfile?.value ?? "Dockerfile")
        : undefined,
    stage: stageOf(model, targetNode, target?.value),
  };
}

/** What the shell that runs Compose decides is given, but not known. */
function valuesOf(args: readonly EnvironmentEntry[]): BuildArguments {
  return Object.fromEntries(
    args.map(({ name, value }) => [name.value, value?.known ? value.value : undefined]),
  );
}

/** Compose takes an empty target for none. */
function stageOf(
  model: DockerfileModel | undefined,
  written: YamlNode | undefined,
  target: string | undefined,
): Stage | undefined {
  if (target) return model?.findStage(target);
  return written && target === undefined ? undefined : model?.finalStage;
}
