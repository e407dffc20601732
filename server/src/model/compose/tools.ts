import { valueIn } from "../../text/value-in.ts";
import type { Answer } from "../known.ts";
import { no, unknown, yes } from "../known.ts";
import { baseName } from "../stage/paths.ts";
import type { Service } from "./project.ts";

/** Has the container of a service a program with this name, by the stage or image that it runs? */
export function hasTool(service: Service, name: string): Answer {
  if (mayBeMounted(service, name)) return unknown();
  if (service.imageBuild) return service.imageBuild.stage?.result.hasTool(name) ?? unknown();
  const { imageFacts, image } = service;
  if (!imageFacts || !service.complete) return unknown();
  const path = image?.value.text ?? imageFacts.name;
  // The table names programs, not where they are.
  const found = valueIn(imageFacts.tools, baseName(name));
  if (found) return yes({ message: `The image ${path} has ${name}.` });
  const isKnown = found === false || (imageFacts.toolsComplete === true && !name.includes("/"));
  return isKnown
    ? no({ message: `The image ${path} has no ${name}.`, ...(image && { span: image.span }) })
    : unknown();
}

/** A mount can bring programs, and a variable another place to look for them. */
function mayBeMounted({ mounts, environment, environmentComplete }: Service, name: string): boolean {
  if (!environmentComplete || environment.some((it) => it.name.value === "PATH")) return true;
  return mounts.some(
    ({ target }) => /\/s?bin(?:\/|$)/.test(target.value) || baseName(target.value) === baseName(name),
  );
}
