import { mountPath } from "../../model/compose/mount-path.ts";
import {
  type ComposeProject,
  type Mount,
  notedOnService,
  type Service,
} from "../../model/compose/project.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { mayBeOthers } from "../knowledge/users/openings.ts";
import { plainUser } from "../knowledge/users/user-ids.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const volumeNotWritable = composeRule({
  id: "volume-not-writable",
  title: "Volume that the service's user cannot write to",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a volume of a service that is built here and runs as another user than root, where the image certainly has nothing at that
      path, or a directory that WORKDIR or \`mkdir\` made as root. Silent for read-only and external volumes, those with options, and
      those that another service mounts too.`,
    why: source`
      An empty volume takes over the directory that the image has at its place, with its owner; where there is none the engine makes it,
      for root. The service ends with "permission denied" at its first write. Make the directory in the Dockerfile and give it
      to the user: \`RUN mkdir -p /data && chown app /data\`, above USER.`,
    context: {
      Dockerfile:
        'FROM node:24-alpine\nWORKDIR /app\nCOPY index.js ./\nUSER node\nCMD ["node", "index.js"]\n',
      "index.js": "",
    },
    bad: source`
      services:
        api:
          build: .
          volumes:
            - data:/data
              ^^^^^^^^^^ volume-not-writable: The image has no /data, so that the volume belongs to root, and api runs as node.
      volumes:
        data:`,
    good: source`
      services:
        api:
          build: .
          volumes:
            - data:/home/node
      volumes:
        data:`,
  },

  check(project, report) {
    const once = reportOnce(report);
    let mounting: ReadonlyMap<string, number> | undefined;
    const mountedBy = (name: string) => {
      mounting ??= servicesByVolume(project);
      return mounting.get(name) ?? 0;
    };
    for (const service of project.services.values()) {
      if (!hasVolumes(service)) continue;
      const stage = service.imageBuild?.stage;
      const file = service.imageBuild?.file;
      const user = stage && runsAs(service, stage);
      if (!stage || user === undefined) continue;
      for (const mount of service.mounts) {
        if (!isOwnVolume(mount, service, project, mountedBy)) continue;
        const path = mountPath(mount);
        const why = whyRoots(path, stage);
        if (why === undefined) continue;
        const { instruction } = stage.result.user.known ? stage.result.user.value : {};
        const related =
          instruction && file !== undefined
            ? [{ message: "The user is set here.", span: instruction.span, file }]
            : [];
        once(mount.span, `${why}, and ${service.name.value} runs as ${user}.`, { related });
      }
    }
  },
});

/** Cheap, and mostly no. */
const hasVolumes = notedOnService(
  ({ imageBuild, mounts }): boolean =>
    imageBuild !== undefined && mounts.some((it) => it.kind === "volume" || it.kind === "anonymous"),
);

/** How many services mount a volume. One that is not known in all its parts may mount any: then they are not counted. */
function servicesByVolume(project: ComposeProject): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const service of project.services.values()) {
    const names = volumesOf(service);
    if (names === "any") return new Map();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

const volumesOf = notedOnService(({ complete, mounts }): ReadonlySet<string> | "any" =>
  complete ? new Set(mounts.flatMap((it) => it.source?.value ?? [])) : "any",
);

/** The user of the image, where nothing else may do the first steps. */
function runsAs({ node, complete }: Service, stage: Stage): string | undefined {
  const isOther = [
    "user",
    "userns_mode",
    "pre_start",
    "post_start",
    "volumes_from",
    "group_add",
    "privileged",
  ].some((it) => valueAt(node, it));
  return complete && !isOther ? plainUser(stage.result, stage) : undefined;
}

/** Of this service alone, and made by the engine as it makes them without being told more. */
function isOwnVolume(
  { kind, source: name, target, readOnly, span }: Mount,
  service: Service,
  project: ComposeProject,
  mountedBy: (name: string) => number,
): boolean {
  if ((kind !== "volume" && kind !== "anonymous") || readOnly !== false || !target.known) return false;
  const item = itemsOf(valueAt(service.node, "volumes")).find(
    (it) => it.span.start <= span.start && span.end <= it.span.end,
  );
  if (valueAt(item, "volume")) return false;
  if (kind === "anonymous") return true;
  if (!name?.known) return false;
  const volume = project.volumes.get(name.value);
  const node = valueAt(valueAt(project.file.root, "volumes"), name.value);
  if (!volume || volume.external || ["driver", "driver_opts"].some((it) => valueAt(node, it))) return false;
  return mountedBy(name.value) === 1;
}

/** Why the volume is root's; undefined where it is not certain. */
function whyRoots(path: string, stage: Stage): string | undefined {
  const { result } = stage;
  const there = result.hasPath(path);
  if (there.is === "no") return `The image has no ${path}, so that the volume belongs to root`;
  const owner = there.is === "yes" ? result.ownerOf(path) : undefined;
  if (!owner?.known || !owner.value.isRoot || !isMaker(owner.value.givenBy, stage)) return undefined;
  const last = stage.instructions.at(-1);
  if (!last || mayBeOthers(path, last, stage)) return undefined;
  return `${path} belongs to root in the image, and with it the volume`;
}

/** A folder that is copied brings its mode along. */
function isMaker(maker: Instruction, stage: Stage): boolean {
  return (maker.name === "WORKDIR" || maker.name === "RUN") && stage.instructions.includes(maker);
}
