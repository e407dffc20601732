import { mountPath } from "../../../model/compose/mount-path.ts";
import type { ComposeProject, Mount, Service } from "../../../model/compose/project.ts";
import { below, isWithin } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";

/** A container as its programs see it: the image of a stage with what a service mounts over it. */
export interface ContainerView {
  readonly service: Service;
  readonly project: ComposeProject;
  readonly stage: Stage;
  readonly workdir: string;
}

/** Is it below a mounted folder that does not have it? */
export function isHidden(path: string, { service, project }: ContainerView): boolean {
  const mount = mountOver(service, path);
  return mount !== undefined && isAbsent(project, mount, path);
}

/** Folders in which programs are looked for, in order; none where that is not known. */
export function pathFolders({ service, stage }: ContainerView): readonly string[] {
  const path = stage.result.variable("PATH");
  const isOwn = service.environment.some((it) => it.name.value === "PATH");
  return path.known && !isOwn ? path.value.split(":").filter((it) => it.startsWith("/")) : [];
}

/** The mounted folder that a path is seen through: of all mounts the one deepest above it, unless that is a volume or the path itself. */
export function mountOver({ mounts }: Service, path: string): Mount | undefined {
  const above = mounts.filter((it) => mountPath(it) === "" || isWithin(path, mountPath(it)));
  const [mount] = above.toSorted((a, b) => mountPath(b).length - mountPath(a).length);
  return mount?.kind === "bind" && mount.source?.known && mountPath(mount) !== "" ? mount : undefined;
}

/** The path on the host of what the container sees at `path`. */
export function onHost(mount: Mount, path: string): string {
  const folder = (mount.source?.value ?? "").replace(/\/+$/, "");
  const inside = below(path, mountPath(mount));
  return inside === "" ? folder : `${folder}/${inside}`;
}

function isAbsent({ files }: ComposeProject, mount: Mount, path: string): boolean {
  if (path === mountPath(mount) || !/^\.{0,2}(?:\/|$)/.test(mount.source?.value ?? "~")) return false;
  return files.kindOf(onHost(mount, path)) === "absent";
}
