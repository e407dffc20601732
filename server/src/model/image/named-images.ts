import type { ComposeProject } from "../compose/project.ts";
import type { DockerfileModel } from "../stage/dockerfile-model.ts";
import { parseImageReference } from "./reference.ts";

/** Images that a Dockerfile takes from outside: by FROM, `COPY --from` and `RUN --mount=from=`. As an engine understands them. */
export function imagesNamedByDockerfile(model: DockerfileModel): ReadonlySet<string> {
  const names = new Set<string>();
  for (const stage of model.stages) {
    if (stage.base.kind === "image") names.add(stage.base.image.text);
    for (const instruction of stage.instructions) {
      for (const flag of (instruction.inner ?? instruction).flags) {
        const from = flag.name === "from" ? flag.value : flag.fields.find((it) => it.name === "from")?.value;
        if (from === undefined || from.includes("$") || /^\d+$/.test(from)) continue;
        const isContext = model.inputs.contexts?.includes(from) === true;
        if (!isContext && !model.findStage(from)) names.add(parseImageReference(from).text);
      }
    }
  }
  return names;
}

/** Images that services run without building them, and those of the Dockerfiles that services are built from. */
export function imagesNamedByCompose(project: ComposeProject): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { image, build } of project.services.values()) {
    if (image) names.add(image.value.text);
    if (build?.model) for (const name of imagesNamedByDockerfile(build.model)) names.add(name);
  }
  return names;
}
