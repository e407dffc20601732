import { appendItem } from "../../model/compose/edit/append-item.ts";
import {
  type Build,
  type ComposeProject,
  notedOnService,
  type Service,
} from "../../model/compose/project.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { neededBy } from "../../model/stage/stage-graph.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { mountsOf, type RunMount } from "../../syntax/dockerfile/run-mounts.ts";
import { replace, type TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { secretId } from "../knowledge/secrets/secret-mounts.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const buildSecretNotGiven = composeRule({
  id: "build-secret-not-given",
  title: "Required secret of a Dockerfile that its build is not given",
  severity: "warning",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a build whose Dockerfile has a RUN with \`--mount=type=secret,required=true\`, in the stage that is built or one that it needs,
      for a secret that is not among \`build.secrets\`.`,
    why: source`
      The build ends at that RUN: "secret not found". \`secrets\` of the service itself are for its container only.`,
    context: { Dockerfile: "FROM node:24\nRUN --mount=type=secret,id=npmrc,required npm ci\n" },
    bad: source`
      services:
        api:
          build:
            context: .
                     ^ build-secret-not-given: A RUN of this build needs the secret npmrc, and it is given none.
      secrets:
        npmrc:
          file: ./.npmrc`,
    good: source`
      services:
        api:
          build:
            context: .
            secrets: [npmrc]
      secrets:
        npmrc:
          file: ./.npmrc`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const missing = missingFor(service);
      const build = missing && service.build;
      if (!missing || !build) continue;
      const { given, id, span } = missing;
      once(placeOf(build, project), messageFor(id, given), {
        related: build.file ? [{ message: "It is needed here.", span, file: build.file }] : [],
        fixes: give(project, service, id),
      });
    }
  },
});

/** The secret of that name, where the project declares one. */
function give({ file, secrets }: ComposeProject, { node }: Service, id: string): readonly Fix[] {
  const build = valueAt(node, "build");
  if (!secrets.has(id) || !/^[a-zA-Z][\w.-]*$/.test(id) || build?.viaAlias) return [];
  let edits: readonly TextEdit[] | undefined;
  if (build?.kind === "mapping") edits = appendItem(file, build, "secrets", id);
  if (build?.kind === "scalar") {
    const context = file.text.slice(build.span.start, build.span.end);
    if (/^(?:[\w./-]+|"[\w./-]+"|'[\w./-]+')$/.test(context))
      edits = [replace(build.span, `{context: ${context}, secrets: [${id}]}`)];
  }
  return edits ? [{ kind: "unsafe", title: `Give the build the secret ${id}`, edits }] : [];
}

function messageFor(id: string, given: readonly string[]): string {
  const others = given.length === 0 ? "none" : `${given.join(", ")} only`;
  return `A RUN of this build needs the secret ${id}, and it is given ${others}.`;
}

/** The first line, as a build can be long. */
function placeOf({ span, context, target }: Build, { file }: ComposeProject): Span {
  const line = file.text.slice(span.start, span.end).split("\n", 1)[0] ?? "";
  return (target ?? context)?.span ?? { start: span.start, end: span.start + line.length };
}

/** The first secret that is not given, where it is needed in the Dockerfile, and the names of those that are. */
const missingFor = notedOnService((service) => {
  const { build } = service;
  const given = build?.stage && givenTo(service, build);
  if (!build?.stage || !given) return undefined;
  const missing = secretsOf(build.stage).find(({ id }) => !given.includes(id));
  return missing && { ...missing, given };
});

/** Under the names by which a RUN asks for them. Undefined where a variable or another file may give more. */
function givenTo({ node, complete }: Service, build: Build): readonly string[] | undefined {
  const written = valueAt(node, "build");
  if (!written || !complete || valueAt(node, "extends")) return undefined;
  if (itemsOf(valueAt(written, "secrets")).length !== build.secrets.length) return undefined;
  const names = build.secrets.map((it) => it.target);
  return names.every((it) => it !== undefined) ? names : undefined;
}

/** Secrets that a build of a stage ends without. */
function secretsOf(stage: Stage): readonly { readonly id: string; readonly span: Span }[] {
  return [...neededBy(stage)].flatMap(({ instructions }) =>
    instructions.flatMap((it) => mountsOf(it).flatMap(requiredSecret)),
  );
}

function requiredSecret(mount: RunMount): readonly { readonly id: string; readonly span: Span }[] {
  const { fields, span } = mount.flag;
  const required = fields.findLast((it) => it.name === "required");
  const isRequired = required !== undefined && /^(?:|1|true)$/i.test(required.value ?? "");
  const id = mount.type === "secret" && isRequired ? secretId(mount) : undefined;
  return id === undefined || id === "" || id.includes("$") ? [] : [{ id, span }];
}
