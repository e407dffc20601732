import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import { contains, type Span } from "../text/span.ts";
import type { Occurrence } from "./names/name.ts";
import type { NameTable } from "./names/table.ts";
import { stageNamedAt } from "./stage-names.ts";
import { variablesAt, variableUseAt } from "./variables.ts";

/** Where the stage or variable at `offset` of a Dockerfile is declared: of several declarations the one that counts there. */
export function definitionInDockerfile(model: DockerfileModel, offset: number): Span | undefined {
  const mention = stageNamedAt(model, offset);
  if (mention) return mention.stage.nameWord?.span ?? mention.stage.from.keyword;

  const instruction = model.file.instructions.find((it) => contains(it.span, offset));
  const use = instruction && variableUseAt(instruction, model.file.text, offset, model.file.escape);
  return use && variablesAt(model, offset).find((it) => it.name === use.name)?.pair.name.span;
}

/**
 * Where what is named at an offset is declared: in its own file, or else in others. Where nothing declares it, e.g. a profile, its
 * first place.
 */
export function declarationsOf(table: NameTable, file: string, offset: number): readonly Occurrence[] {
  return table.at(file, offset).flatMap(({ name }) => {
    const all = table.of(name);
    const declared = all.filter((it) => it.role === "declaration");
    const own = declared.filter((it) => it.file === file);
    if (declared.length > 0) return own.length > 0 ? own : declared;
    const stage = name.kind === "stage" ? stageWithoutName(table, name.scope) : undefined;
    if (stage) return [stage];
    return name.kind === "profile" ? all.slice(0, 1) : [];
  });
}

/** A stage that is named by its number only: its FROM. */
function stageWithoutName({ sources }: NameTable, scope: string): Occurrence | undefined {
  const [file = "", index = ""] = scope.split(/#(?=\d+$)/);
  const stage = sources.dockerfiles.find((it) => it.path === file)?.model.stages[Number(index)];
  return (
    stage && {
      name: { kind: "stage", text: index, scope },
      file,
      span: stage.from.keyword,
      role: "declaration",
      rewrite: "nothing",
      isPlain: false,
      isHost: false,
    }
  );
}
