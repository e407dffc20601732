import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import { isAbsolute } from "../../model/compose/effective/paths.ts";
import { isRemoteContext } from "../../model/compose/files/remote.ts";
import type { Build, ComposeProject, Service } from "../../model/compose/project.ts";
import { entryAt, valueAt } from "../../syntax/compose/find.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { isFilledLater, isMadeFirst } from "../knowledge/files/made-first.ts";
import { composeRule, type Fix } from "../rule.ts";
import { replaceName } from "../writing/compose/replace-name.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";
import { nearestPath } from "../writing/suggestions/nearest-path.ts";

export const dockerfileMissing = composeRule({
  id: "dockerfile-missing",
  title: "Build without its Dockerfile",
  severity: "warning",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a build whose \`dockerfile\` is not in its context, or that names none where the context has no \`Dockerfile\`. The
      path is looked for from the context, not from the Compose file.`,
    why: source`
      The build ends before it begins, with "failed to read dockerfile", and nothing that needs the service starts.`,
    bad: source`
      services:
        api:
          build:
            context: ./api
            dockerfile: Dockerfle
                        ^^^^^^^^^ dockerfile-missing: There is no ./api/Dockerfle; did you mean Dockerfile?`,
    good: source`
      services:
        api:
          build:
            context: ./api
            dockerfile: Dockerfile`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const { build: written } = service;
      const folderNamed = written?.dockerfile && written.context !== undefined && folderFor(written, project);
      if (folderNamed)
        once(folderNamed.span, `${folderNamed.value} is a folder in the build context, and no Dockerfile.`, {
          fixes: [],
        });
      const missing = service.build && missingFile(service, service.build, project);
      if (!missing) continue;
      const { build, folder, name } = missing;
      const path = inside(folder, name);
      const near = build.dockerfile && nearIn(folder, name, project);
      if (near === undefined && (isMadeFirst(name) || isFilledLater(folder, project.files))) continue;
      const span = (build.dockerfile ?? build.context ?? build).span;
      once(span, `There is no ${path}${didYouMean(near)}`, {
        fixes: near === undefined ? others(project, service, missing) : useNear(project, missing, near),
      });
    }
  },
});

/** The place of a Dockerfile where a folder is. */
function folderFor({ context, dockerfile, model }: Build, { files }: ComposeProject): Build["dockerfile"] {
  if (model || !context || !dockerfile || isRemoteContext(context.value)) return undefined;
  if (files.kindOf(context.value) !== "directory") return undefined;
  return files.kindOf(inside(context.value, dockerfile.value)) === "directory" ? dockerfile : undefined;
}

interface Missing {
  readonly build: Build;
  /** The context, as written. */
  readonly folder: string;
  readonly name: string;
}

function missingFile(
  { complete, node }: Service,
  build: Build,
  { files, single }: ComposeProject,
): Missing | undefined {
  const written = valueAt(node, "build");
  const folder = build.context?.value ?? ".";
  // Another file that is merged with this one may name the context, or another Dockerfile in it.
  if (!(single && complete) && !(build.context && build.dockerfile)) return undefined;
  // What a variable decides is not known, and what stands in the Compose file is there.
  if (build.model || !written || written.kind === "sequence" || valueAt(written, "dockerfile_inline"))
    return undefined;
  if (written.kind === "scalar" && !build.context) return undefined;
  if (
    (valueAt(written, "context") && !build.context) ||
    (valueAt(written, "dockerfile") && !build.dockerfile)
  )
    return undefined;
  if (isRemoteContext(folder) || files.kindOf(folder) !== "directory") return undefined;
  const name = build.dockerfile?.value ?? "Dockerfile";
  // Docker takes the name in small letters too, and Podman has one of its own.
  const names = build.dockerfile ? [name] : [name, "dockerfile", "Containerfile"];
  return names.every((it) => files.kindOf(inside(folder, it)) === "absent")
    ? { build, folder, name }
    : undefined;
}

function inside(folder: string, name: string): string {
  const plain = name.replace(/^(?:\.\/+)+/, "");
  return isAbsolute(name) ? name : `${folder.replace(/\/+$/, "")}/${plain}`;
}

function nearIn(folder: string, name: string, { files }: ComposeProject): string | undefined {
  const near = nearestPath(inside(folder, name), files, "file");
  return near?.slice(inside(folder, "").length);
}

function useNear({ file }: ComposeProject, { build }: Missing, near: string): readonly Fix[] {
  return build.dockerfile ? replaceName(file, build.dockerfile, near, "safe") : [];
}

/** Dockerfiles of other names in the context: which one is meant the user knows. */
function others(
  { file, files }: ComposeProject,
  { node }: Service,
  { build, folder }: Missing,
): readonly Fix[] {
  const names = (files.list?.(folder) ?? []).filter((it) =>
    /^Dockerfile[.-]\w[\w.-]*$|^\w[\w.-]*\.Dockerfile$/.test(it),
  );
  if (names.length > MOST_OFFERED) return [];
  const written = entryAt(node, "build")?.value;
  return names.flatMap((name): Fix[] => {
    if (build.dockerfile) return replaceName(file, build.dockerfile, name, "unsafe").slice();
    const title = `Build from ${name}`;
    if (written?.kind === "mapping") {
      const edits = appendEntry(file, written, { key: "dockerfile", value: name });
      return edits ? [{ kind: "unsafe", title, edits: edits.slice() }] : [];
    }
    const isPlain = written?.kind === "scalar" && !written.viaAlias && /^[\w./-]+$/.test(written.value);
    return isPlain
      ? [
          {
            kind: "unsafe",
            title,
            edits: [replace(written.span, `{ context: ${written.value}, dockerfile: ${name} }`)],
          },
        ]
      : [];
  });
}

const MOST_OFFERED = 5;
