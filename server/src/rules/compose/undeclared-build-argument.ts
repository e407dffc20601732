import type { Build, ComposeProject } from "../../model/compose/project.ts";
import { source } from "../../text/source.ts";
import { readsSyntax } from "../knowledge/instructions/frontend.ts";
import { isPredefined } from "../knowledge/instructions/global-arguments.ts";
import { composeRule, type Report } from "../rule.ts";
import { replaceName } from "../writing/compose/replace-name.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";
import { nearestAmong } from "../writing/suggestions/nearest-among.ts";

export const undeclaredBuildArgument = composeRule({
  id: "undeclared-build-argument",
  title: "Build argument that the Dockerfile does not take",
  severity: "warning",
  tags: ["build"],
  aliases: ["S91"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports an entry of \`build.args\` for which the Dockerfile that \`context\` and \`dockerfile\` lead to has no ARG. Arguments
      that every build takes, those for proxies and of BuildKit itself, are left alone.`,
    why: source`
      BuildKit leaves the argument out without a word, and the build goes on with another value than the one given.`,
    bad: source`
      services:
        api:
          build:
            context: .
            args:
              NODE_VERSON: "24"
              ^^^^^^^^^^^ undeclared-build-argument: The Dockerfile has no ARG NODE_VERSON; did you mean NODE_VERSION?`,
    good: source`
      services:
        api:
          build:
            context: .
            args:
              NODE_VERSION: "24"`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { build } of project.services.values()) if (build) checkArguments(build, project, once);
  },
});

function checkArguments({ args, model, file }: Build, project: ComposeProject, report: Report): void {
  // Another frontend may have arguments of its own, and a base image may have its ONBUILD ARG.
  if (!model || args.length === 0 || model.stages.length === 0 || !readsSyntax(model.file, 0)) return;
  if (model.stages.some((it) => it.base.kind === "image" && /onbuild/.test(it.base.image.text))) return;
  const declared = new Map(
    model.file.instructions
      .map((it) => (it.name === "ONBUILD" ? (it.inner ?? it) : it))
      .filter((it) => it.name === "ARG")
      .flatMap((it) => it.pairs.map((pair) => [pair.name.raw, pair.name.span] as const)),
  );
  const nearest = nearestAmong(declared.keys());
  for (const { name } of args) {
    if (declared.has(name.value) || isTakenByAll(name.value)) continue;
    const near = nearest(name.value);
    const place = near === undefined ? undefined : declared.get(near);
    report(name.span, `The Dockerfile has no ARG ${name.value}${didYouMean(near)}`, {
      related: file && place ? [{ message: `ARG ${near} is here.`, span: place, file }] : [],
      fixes:
        near === undefined || args.some((it) => it.name.value === near)
          ? []
          : replaceName(project.file, name, near, "safe"),
    });
  }
}

/** Dockerfile reference, "Predefined ARGs" and "BuildKit built-in build args" (read 2026-11). */
function isTakenByAll(name: string): boolean {
  return (
    isPredefined(name) ||
    /^(?:BUILDKIT_.*|BUILDX_.*|SOURCE_DATE_EPOCH|(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT))$/.test(name)
  );
}
