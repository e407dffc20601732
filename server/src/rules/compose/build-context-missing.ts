import { isAbsolute } from "../../model/compose/effective/paths.ts";
import { isRemoteContext } from "../../model/compose/files/remote.ts";
import type { ComposeProject, Placed, Service } from "../../model/compose/project.ts";
import { knownAt } from "../../model/compose/reading/known-at.ts";
import { entriesOf, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { spanInside } from "../../syntax/compose/scalar-span.ts";
import { source } from "../../text/source.ts";
import { isMadeFirst } from "../knowledge/files/made-first.ts";
import { composeRule, type Report } from "../rule.ts";
import { replaceName } from "../writing/compose/replace-name.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";
import { nearestPath } from "../writing/suggestions/nearest-path.ts";

export const buildContextMissing = composeRule({
  id: "build-context-missing",
  title: "Build context that is not there",
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
      Reports a \`context\` of a build, or one of its \`additional_contexts\`, at which there is nothing. Addresses of repositories, absolute paths, paths with a variable
      that is not known, and folders that a build or a package manager makes are left alone.`,
    why: source`
      The build ends before it begins, with "path not found", and nothing that needs the service starts.`,
    bad: source`
      services:
        api:
          build: ./backnd
                 ^^^^^^^^ build-context-missing: There is no folder ./backnd; did you mean ./backend?`,
    good: source`
      services:
        api:
          build: ./backend`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const { build } = service;
      if (build?.context) lookFor(build.context, project, once);
      for (const it of foldersOf(service, project)) lookFor(it, project, once);
    }
  },
});

function lookFor(context: Placed<string>, { file, files }: ComposeProject, report: Report): void {
  if (!context.value || isRemoteContext(context.value)) return;
  const kind = files.kindOf(context.value);
  if (kind === "file" && DOCKERFILE.test(context.value))
    report(context.span, `${context.value} is a file: a build context is the folder that it builds from.`, {
      fixes: [],
    });
  if (kind !== "absent") return;
  const near = nearestPath(context.value, files, "directory");
  // An absolute path may be one of the machine that builds.
  if (near === undefined && (isMadeFirst(context.value) || isAbsolute(context.value))) return;
  report(context.span, messageFor(context.value, near), {
    fixes: near === undefined ? [] : replaceName(file, context, near, "safe"),
  });
}

/** An archive is taken for a context by some builders. */
const DOCKERFILE = /(?:^|[/.])(?:Dockerfile|Containerfile)(?:\.[\w-]+)?$/i;

/** Additional contexts, as they are written for this service: `name: folder` and `- name=folder`. */
function foldersOf({ node }: Service, project: ComposeProject): readonly Placed<string>[] {
  const contexts = valueAt(valueAt(node, "build"), "additional_contexts");
  const { text } = project.file;
  return [...entriesOf(contexts).map((it) => it.value), ...itemsOf(contexts)].flatMap((it) => {
    const known = knownAt(project, it);
    if (!known || known.value !== known.node.value) return [];
    const start = contexts?.kind === "sequence" ? known.value.indexOf("=") + 1 : 0;
    const { length } = known.value;
    return start === length
      ? []
      : [{ value: known.value.slice(start), span: spanInside(text, known.node, start, length) }];
  });
}

function messageFor(context: string, near: string | undefined): string {
  // Compose knows this spelling of a repository only with the user git, though Docker itself takes any.
  const [, login, path] = /^([\w-]+@[\w.-]+):(?!\/)([^#]+)/.exec(context) ?? [];
  if (login !== undefined)
    return `Compose takes this for a folder, and there is none; ssh://${login}/${path} is a repository.`;
  return `There is no folder ${context}${didYouMean(near)}`;
}
