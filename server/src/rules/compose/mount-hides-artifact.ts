import { removeItem } from "../../model/compose/edit/remove-item.ts";
import type { ComposeProject, Mount, Service } from "../../model/compose/project.ts";
import { baseName } from "../../model/stage/paths.ts";
import type { KnownFile } from "../../model/stage/state.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix, type Related } from "../rule.ts";
import { reportOnce } from "../writing/report-once.ts";

export const mountHidesArtifact = composeRule({
  id: "mount-hides-artifact",
  title: "Mounted folder over the program that is started",
  severity: "warning",
  tags: ["run"],
  aliases: ["S83"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a folder of the host that is mounted over the program which the Dockerfile compiles and the service starts, when
      the folder does not have that program.`,
    why: source`
      What is mounted hides what the image has at that place. The program is not found, and the container does not start.`,
    bad: source`
      services:
        api:
          build: .
          volumes:
            - .:/app
              ^^^^^^ mount-hides-artifact: This hides /app/api, which the image has built and the service starts.`,
    good: source`
      services:
        api:
          build: .
          volumes:
            - ./config:/app/config`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const program = startedProgram(service);
      const mount = program && mountOver(service, program.path);
      if (!program || !mount?.source || !isAbsent(project, mount, program.path)) continue;
      once(mount.span, `This hides ${program.path}, which the image has built and the service starts.`, {
        related: builtBy(service, program),
        fixes: withoutMount(project, service, mount),
      });
    }
  },
});

/** A program that a compiler made in this or another stage, started by its path. */
function startedProgram({ build, entrypoint, command }: Service): KnownFile | undefined {
  const state = build?.stage?.result;
  if (!state?.workdir.known || !state.entrypoint.known || !state.command.known) return undefined;
  const own = entrypoint?.words ?? command?.words;
  const inherited = state.entrypoint.value ?? (command ? undefined : state.command.value);
  const [word] =
    entrypoint || (command && !state.entrypoint.value)
      ? (own ?? [])
      : inherited?.form === "exec"
        ? inherited.words.map((it) => it.raw)
        : [];
  if (!word?.includes("/")) return undefined;
  const path = word.startsWith("/")
    ? word
    : `${state.workdir.value.replace(/\/$/, "")}/${word.replace(/^\.\//, "")}`;
  const file = state.fileAt(path);
  return file?.binary ? file : undefined;
}

/** The mount that the path is seen through: the one deepest above it. */
function mountOver({ mounts }: Service, path: string): Mount | undefined {
  if (mounts.some((it) => !it.target.known)) return undefined;
  const above = mounts
    .filter((it) => path === pathOf(it) || path.startsWith(`${pathOf(it)}/`))
    .toSorted((a, b) => pathOf(b).length - pathOf(a).length);
  const [mount] = above;
  return mount?.kind === "bind" && mount.source?.known && pathOf(mount) !== path ? mount : undefined;
}

function pathOf({ target }: Mount): string {
  return target.value.replace(/\/+$/, "");
}

function isAbsent({ files }: ComposeProject, mount: Mount, path: string): boolean {
  const folder = mount.source?.value ?? "";
  if (!/^\.{0,2}(?:\/|$)/.test(folder)) return false;
  const inside = path.slice(pathOf(mount).length + 1);
  return files.kindOf(`${folder.replace(/\/+$/, "")}/${inside}`) === "absent";
}

function builtBy({ build }: Service, { binary, path }: KnownFile): readonly Related[] {
  if (!binary || build?.file === undefined) return [];
  return [{ message: `${baseName(path)} is built here.`, span: binary.builtBy.span, file: build.file }];
}

function withoutMount(
  { file }: ComposeProject,
  { node }: Service,
  { span, source: path }: Mount,
): readonly Fix[] {
  const item = itemsOf(valueAt(node, "volumes")).find(
    (it) => it.span.start <= span.start && span.end <= it.span.end,
  );
  const edits = node && item && !item.viaAlias ? removeItem(file, node, "volumes", item) : undefined;
  return edits ? [{ kind: "unsafe", title: `Do not mount ${path?.value} there`, edits }] : [];
}
