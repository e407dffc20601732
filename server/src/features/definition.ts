import type { ComposeProject } from "../model/compose/project.ts";
import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import { contains, type Span } from "../text/span.ts";
import { composePlaceAt } from "./compose-path.ts";
import { stageNamedAt } from "./stage-names.ts";
import { variablesAt, variableUseAt } from "./variables.ts";

export interface Definition {
  /** Absolute path; undefined for the file that was asked about. */
  readonly file: string | undefined;
  readonly span: Span;
}

/** Where the stage or variable at `offset` of a Dockerfile is declared. */
export function definitionInDockerfile(model: DockerfileModel, offset: number): Definition | undefined {
  const mention = stageNamedAt(model, offset);
  if (mention) return { file: undefined, span: mention.stage.nameWord?.span ?? mention.stage.from.keyword };

  const instruction = model.file.instructions.find((it) => contains(it.span, offset));
  const use = instruction && variableUseAt(instruction, model.file.text, offset, model.file.escape);
  const variable = use && variablesAt(model, offset).find((it) => it.name === use.name);
  return variable && { file: undefined, span: variable.pair.name.span };
}

/** Where the service, network, volume, secret or configuration at `offset` is declared, or the stage in its Dockerfile. */
export function definitionInCompose(project: ComposeProject, offset: number): Definition | undefined {
  const place = composePlaceAt(project.file, offset);
  if (!place) return undefined;
  const [section, own = "", key = "", ...inside] = place.path;
  if (section !== "services") return undefined;
  const name = place.onKey ? (inside.at(-1) ?? "") : (place.value ?? "");

  const build = project.services.get(own)?.build;
  if (key === "build" && inside.join(".") === "target" && build?.stage && build.file !== undefined) {
    return { file: build.file, span: build.stage.nameWord?.span ?? build.stage.from.keyword };
  }
  if (inside.length !== 1) return undefined;
  switch (key) {
    case "depends_on":
    case "links":
    case "volumes_from":
    case "extends":
      return here(project.services.get(name.replace(/:.*$/, ""))?.name.span);
    case "volumes":
      return here(project.volumes.get(name.replace(/:.*$/, ""))?.name.span);
    case "networks":
    case "secrets":
    case "configs":
      return here(project[key].get(name)?.name.span);
    default:
      return undefined;
  }
}

function here(span: Span | undefined): Definition | undefined {
  return span && { file: undefined, span };
}
