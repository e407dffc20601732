import type { Build, ComposeProject } from "../../model/compose/project.ts";
import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Related, type Report } from "../rule.ts";
import { replaceName } from "../writing/compose/replace-name.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";

export const buildTargetUnknown = composeRule({
  id: "build-target-unknown",
  title: "Build target that is no stage of the Dockerfile",
  severity: "error",
  tags: ["build"],
  aliases: ["S90"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a \`target\` that no stage has in the Dockerfile which \`context\` and \`dockerfile\` lead to. Nothing is said
      when that file cannot be read, is written in the Compose file itself, or is for another frontend than Docker's.`,
    why: source`
      The build ends with "target stage could not be found" before it does anything.`,
    bad: source`
      services:
        api:
          build:
            context: .
            target: prodution
                    ^^^^^^^^^ build-target-unknown: The Dockerfile has no stage prodution; did you mean production?`,
    good: source`
      services:
        api:
          build:
            context: .
            target: production`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { build } of project.services.values()) if (build) checkTarget(build, project, once);
  },
});

function checkTarget({ target, model, file }: Build, project: ComposeProject, report: Report): void {
  // Compose takes an empty target for none.
  if (!target?.value || !model || !isDockerSyntax(model) || model.findStage(target.value)) return;
  // A file without any stage is not written yet.
  if (model.stages.length === 0) return;
  const names = model.stages.flatMap((it) => it.name ?? []);
  const near = nearestName(target.value, names);
  const known = near
    ? didYouMean(near)
    : names.length > 0
      ? `; it has ${names.join(", ")}.`
      : "; its stages have no names.";
  report(target.span, `The Dockerfile has no stage ${target.value}${known}`, {
    related: stagesOf(model, file),
    fixes: near
      ? replaceName(project.file, target, near, "safe")
      : names.flatMap((it) => replaceName(project.file, target, it, "unsafe")),
  });
}

function stagesOf({ stages }: DockerfileModel, file: string | undefined): readonly Related[] {
  // Without the path the places would be taken for places of the Compose file.
  if (file === undefined) return [];
  return stages.flatMap(({ name, nameWord }) =>
    nameWord ? [{ message: `The stage ${name} begins here.`, span: nameWord.span, file }] : [],
  );
}

/** Another frontend may have other ideas of a stage. */
function isDockerSyntax({ file }: DockerfileModel): boolean {
  const frontend = file.directives.find((it) => it.name === "syntax")?.value;
  return (
    frontend === undefined || /^(?:docker\.io\/)?docker\/dockerfile(?:-upstream)?(?:[:@]|$)/.test(frontend)
  );
}
