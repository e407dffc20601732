import type { BuildContext, IgnoredBy } from "../../model/context/build-context.ts";
import { entriesMatching } from "../../model/context/entry-pattern.ts";
import { type DockerfileModel, notedOnModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { type ContextSource, contextSources, mountedSources } from "../knowledge/files/context-sources.ts";
import { rememberedBy } from "../knowledge/remembered.ts";
import { secretFileKind } from "../knowledge/secrets/secret-files.ts";
import { type Fix, instructionRule } from "../rule.ts";
import { letIn } from "../writing/ignore/ignore-file.ts";

export const copySourceIgnored = instructionRule({
  id: "copy-source-ignored",
  title: "Copied file that the ignore file keeps out",
  severity: "warning",
  tags: ["build"],
  aliases: ["CopyIgnoredFile", "S50", "ignored-but-needed"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "file",
  docs: {
    what: source`
      Reports a source of COPY, ADD or \`RUN --mount=type=bind\` that \`.dockerignore\`, or the Dockerfile's own \`<name>.dockerignore\`, keeps out of
      the build, exceptions with \`!\` included. It is an error where it is certain which ignore file the build reads.`,
    why: source`
      What is ignored never reaches the builder, so COPY ends with "not found" although the file stands right there.`,
    context: {
      ".dockerignore": "dist\n*.md\n!README.md\n",
      "dist/app.js": "",
      "README.md": "",
      "NOTES.md": "",
    },
    bad: source`
      FROM nginx:1.30-alpine
      COPY dist /usr/share/nginx/html
           ^^^^ copy-source-ignored: The ignore file keeps dist out of the build with the pattern dist.`,
    good: source`
      FROM nginx:1.30-alpine
      COPY README.md /usr/share/nginx/html/`,
  },
  instructions: ["COPY", "ADD", "RUN"],
  triggers: true,

  check(copy, stage, report) {
    const { context } = stage.model.inputs;
    if (context?.ignoreFile.kind !== "read") return;
    const { file, own, ignoresAll } = context.ignoreFile;
    const severity = own || context.origin === "given" ? "error" : "warning";
    for (const { word, path, isPattern } of sourcesOf(copy, stage)) {
      if (path === "" && ignoresAll) {
        report(word.span, "The ignore file keeps the whole context out of the build.", {
          related: [{ message: "Its patterns leave nothing in.", file }],
          severity: "warning",
        });
        continue;
      }
      const by = isPattern
        ? kept(stage.model, path, () => allIgnoredBy(path, context))
        : ignoredBy(path, context);
      if (!by) continue;
      report(word.span, `The ignore file keeps ${path} out of the build with the pattern ${by.pattern}.`, {
        related: [{ message: `The pattern ${by.pattern}.`, file: by.file, span: by.span }],
        severity,
        fixes: exceptions(stage.model, path, () => exceptionFor(path, isPattern, context)),
      });
    }
  },
});

function sourcesOf(instruction: Instruction, stage: Stage): readonly ContextSource[] {
  return instruction.name === "RUN" ? mountedSources(instruction) : contextSources(instruction, stage);
}

const exceptions = rememberedBy<DockerfileModel, readonly Fix[]>(notedOnModel);

function exceptionFor(path: string, isPattern: boolean, context: BuildContext): readonly Fix[] {
  const paths = isPattern ? entriesMatching(path, context) : [path];
  const fix = paths.some((it) => isMeantOut(it, context)) ? undefined : letIn(context, path, paths);
  return fix ? [fix] : [];
}

/** Is it not there anyway, a secret, or a folder with one? Then an exception is no way out. */
function isMeantOut(path: string, context: BuildContext): boolean {
  if (context.exists(path) === "absent" || secretFileKind(path) !== undefined) return true;
  return (context.list(path) ?? []).some((it) => secretFileKind(`${path}/${it}`) !== undefined);
}

function ignoredBy(path: string, context: BuildContext): IgnoredBy | undefined {
  const ignored = context.isIgnored(path);
  return ignored.is === "yes" ? ignored.by : undefined;
}

const kept = rememberedBy<DockerfileModel, IgnoredBy | undefined>(notedOnModel);

/** The pattern that keeps the first of them out, where every entry that a source names is kept out. */
function allIgnoredBy(pattern: string, context: BuildContext): IgnoredBy | undefined {
  const paths = entriesMatching(pattern, context);
  const [first] = paths;
  const areIgnored = paths.every((it) => ignoredBy(it, context) !== undefined);
  return first !== undefined && areIgnored ? ignoredBy(first, context) : undefined;
}
