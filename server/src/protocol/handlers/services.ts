import type {
  FileParams,
  ServiceBuildInfo,
  ServiceInfo,
  ServicesResult,
} from "../../../../client/src/shared/server-messages.ts";
import type { Build, Service } from "../../model/compose/project.ts";
import { scalarAt, valueAt } from "../../syntax/compose/find.ts";
import type { Positions } from "../positions.ts";
import type { Session } from "../session.ts";
import { uriOfPath } from "../uris.ts";

/** `plimsoll/services`: the services of a Compose file, for lenses and build picks. */
export async function answerServices(session: Session, { uri }: FileParams): Promise<ServicesResult | null> {
  const subject = await session.subjectOnDisk(uri);
  if (subject?.snapshot.kind !== "compose") return null;
  const { snapshot, positions, workspace } = subject;
  const { file, services } = workspace.project(snapshot);
  return {
    uri,
    name: scalarAt(file.root, "name")?.value ?? null,
    services: [...services.values()].map((it) => serviceInfo(it, positions)),
  };
}

function serviceInfo(
  { name, span, image, build, profiles, node }: Service,
  positions: Positions,
): ServiceInfo {
  return {
    name: name.value,
    line: positions.positionAt(span.start).line,
    endLine: positions.positionAt(span.end).line,
    image: image?.value.text ?? null,
    build: build ? buildInfo(build, positions) : null,
    profiles: profiles.map((it) => it.value),
    watches: valueAt(valueAt(node, "develop"), "watch") !== undefined,
  };
}

function buildInfo(
  { context, dockerfile, file, target, args }: Build,
  positions: Positions,
): ServiceBuildInfo {
  return {
    context: context?.value ?? ".",
    dockerfile: dockerfile?.value ?? "Dockerfile",
    dockerfileUri: file === undefined ? null : uriOfPath(file),
    target: target?.value ?? null,
    arguments: args.map(({ name, value }) => ({
      name: name.value,
      default: value?.known ? value.value : null,
      line: positions.positionAt(name.span.start).line,
    })),
  };
}
