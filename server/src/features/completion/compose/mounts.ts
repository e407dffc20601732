import { declareResource } from "../../../model/compose/edit/declare-resource.ts";
import { isPathSource } from "../../../model/compose/section/mounts.ts";
import { serverOf } from "../../../model/compose/servers/known-server.ts";
import { settingsOfImage } from "../../knowledge/image-settings.ts";
import { choice } from "../candidate.ts";
import type { Asked, Proposal } from "./asked.ts";
import { paths } from "./paths.ts";
import { declared } from "./services.ts";

interface Target {
  readonly path: string;
  readonly detail: string;
  readonly kind: "data" | "files";
}

/** Places in the container that something is mounted at: VOLUME of the image, what known images read, WORKDIR of a stage. */
function targetsOf({ service }: Pick<Asked, "service">): readonly Target[] {
  if (!service) return [];
  const found = new Map<string, Target>();
  const add = (path: string, detail: string, kind: Target["kind"]): void => {
    if (!found.has(path)) found.set(path, { path, detail, kind });
  };
  const server = serverOf(service);
  const volumes = service.imageFacts?.volumes;
  for (const path of volumes ?? []) add(path, "where the image keeps its data", "data");
  if (server && (volumes ?? []).length === 0)
    add(server.dataPath, `where ${server.title} keeps its data`, "data");
  const settings = service.imageBuild ? undefined : settingsOfImage(service.image?.value.name);
  for (const { path, summary, kind } of settings?.places ?? []) add(path, summary, kind);
  for (const { path, detail } of stageTargets(service.imageBuild?.stage?.result)) add(path, detail, "files");
  const taken = new Set(service.mounts.map((it) => it.target.value));
  return [...found.values()].filter((it) => !taken.has(it.path));
}

function stageTargets(
  result: NonNullable<NonNullable<NonNullable<Asked["service"]>["build"]>["stage"]>["result"] | undefined,
): readonly { readonly path: string; readonly detail: string }[] {
  const folder = result?.workdir;
  return folder?.known && folder.value !== "/"
    ? [{ path: folder.value, detail: "WORKDIR of the stage" }]
    : [];
}

/** An entry of `volumes`: a volume or folder, then where it is mounted, then how. */
export function mounts(asked: Asked): readonly Proposal[] {
  const { cursor } = asked;
  const parts = cursor.typed.split(":");
  const keep = cursor.typed.lastIndexOf(":") + 1;
  const ahead = /^[^:]*/.exec(cursor.rest)?.[0].length ?? 0;
  if (parts.length === 2 && parts[0] !== "")
    return mountTargets(asked, isPathSource(parts[0] ?? ""), keep, ahead);
  if (parts.length === 3 && parts[1]?.startsWith("/")) {
    const written = parts[2] ?? "";
    const comma = written.lastIndexOf(",") + 1;
    return optionsFor(parts[0] ?? "").map(([label, detail], rank) => ({
      label,
      ...{ kind: "value", detail, rank, keep: keep + comma, ahead },
    }));
  }
  if (parts.length > 1) return [];
  const sources = isPathSource(cursor.typed) ? [] : volumes(asked);
  return [...sources, ...paths(asked).map((it) => ({ ...it, rank: (it.rank ?? 1) + 4, ahead }))];
}

/** Declared volumes, each at the places where data are kept, and a new one where the image keeps data. */
function volumes(asked: Asked): readonly Proposal[] {
  const { project, service, cursor } = asked;
  const data = targetsOf(asked).filter((it) => it.kind === "data");
  const known = declared("volumes")(asked);
  const places = targetsOf(asked).map((it) => it.path);
  const targets = places.length > 0 ? places : ["/data"];
  const ahead = /^[^:]*/.exec(cursor.rest)?.[0].length ?? 0;
  const isWhole = !cursor.rest.includes(":");
  const name = service && `${service.name.value}-data`;
  const also =
    name !== undefined && !project.volumes.has(name)
      ? declareResource(project.file, "volumes", name)
      : undefined;
  const isElsewhere = also?.every(
    (it) =>
      it.span.start > cursor.offset + cursor.rest.length || it.span.end < cursor.offset - cursor.typed.length,
  );
  return [
    ...known.flatMap((it): Proposal[] => [
      ...(isWhole
        ? data.map(({ path, detail }) => ({ ...it, label: `${it.label}:${path}`, detail, rank: 0 }))
        : []),
      isWhole
        ? { ...it, label: `${it.label}:`, text: `${it.label}:${choice(targets)}`, snippet: true, rank: 2 }
        : { ...it, rank: 2, ahead },
    ]),
    ...(isWhole && name !== undefined && also && isElsewhere
      ? data.map(({ path, detail }) => ({
          label: `${name}:${path}`,
          kind: "resource" as const,
          detail: `a new volume, ${detail}`,
          rank: 1,
          also,
        }))
      : []),
  ];
}

/** Where something is mounted; data of the image for volumes first, files for what is brought along. */
export function mountTargets(asked: Asked, isBind: boolean, keep = 0, ahead?: number): readonly Proposal[] {
  return targetsOf(asked).map(({ path, detail, kind }) => ({
    label: path,
    kind: "folder",
    detail,
    rank: (kind === "files") === isBind ? 0 : 2,
    keep,
    ...(ahead !== undefined && { ahead }),
  }));
}

function optionsFor(source: string): readonly (readonly [string, string])[] {
  return [
    ["ro", "the container cannot write to it"],
    ["rw", "the container can write to it, as when nothing is written"],
    ...(isPathSource(source)
      ? []
      : ([["nocopy", "an empty volume is not filled with the image's files"]] as const)),
    ["z", "label for SELinux, shared with other containers"],
    ["Z", "label for SELinux, for this container alone"],
  ];
}

/** Of a long mount: a volume or a path, as its type says. */
export function mountSources(asked: Asked): readonly Proposal[] {
  const { keys } = asked.cursor;
  const volumes = declared("volumes")(asked);
  return keys.size > 0 && !/[./]/.test(asked.cursor.typed)
    ? [...volumes, ...paths(asked).map((it) => ({ ...it, rank: (it.rank ?? 1) + 2 }))]
    : paths(asked);
}
