import { PLATFORM_ARGUMENTS } from "../../model/stage/global-arguments.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { oncePerRun } from "../knowledge/declare-argument.ts";
import { declares, globalDeclarations } from "../knowledge/global-arguments.ts";
import { declaredNames, type UnsetUse, unsetVariables } from "../knowledge/unset-variables.ts";
import { meantVariable } from "../knowledge/variable-slip.ts";
import { type Finding, type Fix, type Report, stageRule } from "../rule.ts";

export const undefinedVariable = stageRule({
  id: "undefined-variable",
  title: "Variable that nothing sets",
  severity: "warning",
  tags: ["build"],
  aliases: ["UndefinedVar"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a variable in the words that the build itself expands, as those of COPY, ENV, LABEL, USER and WORKDIR,
      that no ARG or ENV above sets. In the script of a RUN it reports only what is plainly a slip of a variable that
      is set. It is silent where the environment of the base image is not known, about variables with a default, and
      about what a script sets or asks for itself. Arguments in front of the first FROM, and those of the platform, have
      rules of their own.`,
    why: source`
      The build goes on with nothing in the variable's place: \`COPY $SOURCES/ .\` copies the whole root of the build
      context.`,
    bad: source`
      FROM alpine:3.24
      ARG ASSETS=public
      COPY $ASETS /srv
           ^^^^^^ undefined-variable: Nothing sets ASETS here; ASSETS is near.
      LABEL org.opencontainers.image.version=$VERSION
                                             ^^^^^^^^ undefined-variable: Nothing sets VERSION here.`,
    good: source`
      FROM alpine:3.24
      ARG ASSETS=public
      ARG VERSION
      COPY $ASSETS /srv
      LABEL org.opencontainers.image.version=$VERSION`,
  },

  check(stage, report) {
    const uses = unsetVariables(stage);
    if (uses.length === 0) return;
    const global = globalDeclarations(stage.model);
    let looked = 0;
    for (const use of oncePerRun(uses)) {
      if (global.has(use.name) || PLATFORM_ARGUMENTS.has(use.name)) continue;
      if (looked++ < MOST_EXPLAINED) tell(use, stage, report);
      else if (use.by === "build") report(use.span, `Nothing sets ${use.name} here.`);
    }
  },
});

/** A stage with more of them is no stage with slips: each costs a look at all that is set above. */
const MOST_EXPLAINED = 100;

function tell(use: UnsetUse, stage: Stage, report: Report): void {
  const { name, instruction, by } = use;
  const near = meantVariable(name, ["PATH", ...declaredNames(instruction, stage)]);
  // A script may be handed what nobody sees here; only a slip is certain.
  if (by === "script" && near === undefined) return;
  const later = stage.instructions.find((it) => declares(it, name));
  const related = later ? [{ message: `${name} is set only here.`, span: later.span }] : [];
  const aliases = by === "build" ? ["UndefinedVar"] : [];
  const isSlip = near !== undefined && !later;
  if (by === "script" && !isSlip) return;
  const finding: Finding = { related, aliases, fixes: isSlip ? replacement(use, near, stage) : [] };
  report(use.span, `Nothing sets ${name} here${isSlip ? `; ${near} is near` : ""}.`, finding);
}

function replacement({ name, nameSpan }: UnsetUse, near: string, { model }: Stage): Fix[] {
  // The name may be anywhere in its place.
  const written = model.file.text.slice(nameSpan.start, nameSpan.end);
  const at = nameSpan.start + written.indexOf(name);
  if (written.split(name).length !== 2) return [];
  const edits = [replace({ start: at, end: at + name.length }, near)];
  return [{ kind: "safe", title: `Replace ${name} with ${near}`, edits }];
}
