import { resolve } from "node:path";
import type {
  ComposeProjectResult,
  FileParams,
  ProjectServiceInfo,
} from "../../../../client/src/shared/server-messages.ts";
import {
  type EffectiveNode,
  type EffectiveProject,
  effectiveAt,
  effectiveText,
  isEmpty,
} from "../../model/compose/effective/tree.ts";
import { newestProject } from "../newest-project.ts";
import type { Session } from "../session.ts";
import { uriOfPath } from "../uris.ts";

/** `plimsoll/composeProject`: which project Compose makes of a file, with the variables of this process over those of `.env`. */
export async function answerComposeProject(
  session: Session,
  { uri }: FileParams,
): Promise<ComposeProjectResult | null> {
  const subject = await session.subjectOnDisk(uri);
  if (subject?.snapshot.kind !== "compose") return null;
  const shell = (name: string) => process.env[name];
  let main = subject.snapshot.path ?? "";
  const project = newestProject(session, () => {
    const now = subject.workspace.startedIn(subject.snapshot, shell);
    main = now?.main ?? main;
    return now?.project;
  });
  if (!project) return null;
  const services = effectiveAt(project.root, "services");
  const profiles = project.variable("COMPOSE_PROFILES") ?? "";
  return {
    main: uriOfPath(main),
    files: project.layers.map((it) => uriOfPath(resolve(it))),
    found: project.found,
    name: isNameKnown(project) ? project.name : null,
    services: services?.kind === "mapping" ? [...services.entries].map(serviceInfo) : [],
    usualProfiles: profiles.split(",").flatMap((it) => it.trim() || []),
  };
}

function isNameKnown({ root, variable }: EffectiveProject): boolean {
  const written = effectiveAt(root, "name");
  const isOpen = written?.kind === "scalar" && written.parts?.some((it) => it.open) === true;
  return !isOpen || Boolean(variable("COMPOSE_PROJECT_NAME"));
}

function serviceInfo([name, node]: readonly [string, EffectiveNode]): ProjectServiceInfo {
  const profiles = effectiveAt(node, "profiles");
  return {
    name,
    profiles: profiles?.kind === "sequence" ? profiles.items.flatMap((it) => effectiveText(it) || []) : [],
    watches: !isEmpty(effectiveAt(node, "develop", "watch")),
  };
}
