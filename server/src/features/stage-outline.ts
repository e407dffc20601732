import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import type { Stage } from "../model/stage/stage.ts";
import { neededBy } from "../model/stage/stage-graph.ts";
import { secretId } from "../rules/knowledge/secrets/secret-mounts.ts";
import { mountsOf } from "../syntax/dockerfile/run-mounts.ts";
import type { Instruction } from "../syntax/dockerfile/tree.ts";
import { lineage } from "./stage-lineage.ts";
import { declarations, globalArguments, type Variable } from "./variables.ts";

/** What a client needs to build one stage and to explain the image that comes of it. */
export interface StageOutline {
  readonly stage: Stage;
  /** `8080/tcp`; empty when not known. */
  readonly ports: readonly string[];
  /** What `--build-arg` can set; each name once, with the default that counts. */
  readonly buildArguments: readonly Variable[];
  /** What its RUN instructions and those of the stages it needs may mount, each id once. */
  readonly secrets: readonly NeededSecret[];
  readonly ssh: readonly string[];
  /** What makes the image, oldest first: of the stages it is built from, then of the stage itself; ARG included, FROM not. */
  readonly chain: readonly { readonly stage: Stage; readonly instruction: Instruction }[];
}

export interface NeededSecret {
  readonly id: string;
  /** Some instruction says that it cannot do without. */
  readonly required: boolean;
}

/** What each stage wants and offers, those that it is built on included. */
export function stageOutlines(model: DockerfileModel): StageOutline[] {
  const globals = globalArguments(model);
  return model.stages.map((stage) => {
    const stages = lineage(stage);
    const { ports } = stage.result;
    const own = stages.flatMap((one) => one.instructions.flatMap((it) => declarations(it, one)));
    return {
      stage,
      ports: ports.known ? ports.value : [],
      buildArguments: oncePerName([...globals, ...own.filter((it) => it.declaredBy === "ARG")]),
      ...demandsOf(stage),
      chain: stages.flatMap((one) => one.instructions.map((instruction) => ({ stage: one, instruction }))),
    };
  });
}

/** Of the whole build of a stage. Ids with variables are left out: BuildKit replaces them, and they may be anything. */
function demandsOf(stage: Stage): {
  readonly secrets: readonly NeededSecret[];
  readonly ssh: readonly string[];
} {
  const secrets = new Map<string, boolean>();
  const ssh = new Set<string>();
  // In the order of the file.
  const needed = [...neededBy(stage)].toSorted((one, other) => one.index - other.index);
  for (const instruction of needed.flatMap((it) => it.instructions)) {
    for (const mount of mountsOf(instruction.inner ?? instruction)) {
      if (mount.id?.value?.includes("$")) continue;
      if (mount.type === "ssh") ssh.add(mount.id?.value ?? "default");
      if (mount.type !== "secret") continue;
      const demand = mount.flag.fields.find((it) => it.name === "required");
      const required = demand !== undefined && demand.value !== "false";
      const id = secretId(mount);
      if (id && !id.includes("$")) secrets.set(id, secrets.get(id) || required);
    }
  }
  return { secrets: [...secrets].map(([id, required]) => ({ id, required })), ssh: [...ssh] };
}

/** `ARG NAME` in a stage takes the default of the one before the first FROM. */
function oncePerName(variables: readonly Variable[]): Variable[] {
  const byName = new Map<string, Variable>();
  for (const variable of variables) {
    const before = byName.get(variable.name);
    if (!before || before.value === undefined || variable.value !== undefined)
      byName.set(variable.name, variable);
  }
  return [...byName.values()];
}
