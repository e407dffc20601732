import type { ComposeProject, Service } from "../../../model/compose/project.ts";
import {
  isHidden,
  type ServerSurroundings,
  surroundingsOf as stageSurroundings,
} from "../started/listening.ts";

/** What may say where the server of a service listens. Undefined where it is not known which variables the container has. */
export function surroundingsOf(service: Service, { files }: ComposeProject): ServerSurroundings | undefined {
  const { environment, environmentComplete, imageBuild: build, imageFacts, mounts } = service;
  const below = build?.stage && stageSurroundings(build.stage);
  const ofImage = imageFacts?.environment;
  if (!environmentComplete || (build ? !below : !ofImage || !imageFacts.environmentComplete))
    return undefined;
  const own = new Map(environment.map((it) => [it.name.value, it.value]));
  return {
    isUnset: (name) => !own.has(name) && (below ? below.isUnset(name) : !Object.hasOwn(ofImage ?? {}, name)),
    variable: (name) => own.get(name)?.value,
    // What is mounted over it is not known.
    textOf: () => undefined,
    mayConfigure: () => true,
    // Few projects have the hidden ones, which may be mounted along with their folder.
    mayTell: (file) =>
      !isHidden(file) ||
      below?.mayTell(file) === true ||
      mounts.some(({ kind, source }) => {
        if (kind === "volume" || kind === "tmpfs" || kind === "anonymous") return false;
        const folder = source?.known ? source.value.replace(/\/+$/, "") : undefined;
        return folder === undefined || files.kindOf(`${folder}/${file}`) !== "absent";
      }),
  };
}

/** Of a service of which only the command line is known. */
export const ONLY_COMMAND_KNOWN: ServerSurroundings = {
  isUnset: () => false,
  variable: () => undefined,
  mayTell: () => true,
  textOf: () => undefined,
  mayConfigure: () => true,
};
