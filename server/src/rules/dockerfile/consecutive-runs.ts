import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { insert, remove, replace, type TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { isShellOnly } from "../knowledge/shell/shell-only.ts";
import { changesOnlyTheShell } from "../knowledge/shell/shell-state.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { type Fix, stageRule } from "../rule.ts";

export const consecutiveRuns = stageRule({
  id: "consecutive-runs",
  title: "RUN after RUN with a single command each",
  severity: "info",
  tags: ["size", "clarity"],
  aliases: ["DL3059", "S7031"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a RUN with one command right behind another one with the same flags, in a stage that is shipped. RUNs
      that chain several commands were put together on purpose, and are left alone.`,
    why: source`
      Each RUN is a layer, and what a later one changes or removes is stored twice. Commands that belong together are one step: when
      either changes, both run again. Keep them apart where the first takes long and rarely changes.`,
    bad: source`
      FROM debian:trixie-slim
      RUN mkdir -p /var/lib/app
      RUN chown www-data /var/lib/app
      ^^^ consecutive-runs: This RUN and the one above are a layer each.`,
    good: source`
      FROM debian:trixie-slim
      RUN mkdir -p /var/lib/app && \
          chown www-data /var/lib/app`,
  },

  check(stage, report) {
    if (!isShipped(stage)) return;
    let before: Instruction | undefined;
    let above: Instruction | undefined;
    for (const [at, run] of stage.instructions.entries()) {
      if (run.name !== "RUN") {
        above = undefined;
        before = undefined;
        continue;
      }
      const areSingle = before !== undefined && isSingle(run, stage) && isSingle(before, stage);
      const isAlike = areSingle && before !== undefined && flagsOf(before) === flagsOf(run);
      const next = stage.instructions[at + 1];
      const isUpdate = next?.name === "RUN" && isUpdateFor(next, run, stage);
      if (above && before && isAlike && !isUpdate && !isUpdateFor(run, above, stage))
        report(run.keyword, "This RUN and the one above are a layer each.", {
          related: [{ message: "The one above.", span: above.keyword }],
          fixes: mergeFix(above, run, stage),
        });
      else before = run;
      above = run;
    }
  },
});

function flagsOf({ flags }: Instruction): string {
  return flags
    .map(({ name, value }) => `--${name}=${value}`)
    .toSorted()
    .join(" ");
}

function isSingle(run: Instruction, stage: Stage): boolean {
  const script = stage.commandsOf(run);
  const [command, second] = script?.commands ?? [];
  // A RUN that changes nothing but its own shell has a mistake of its own.
  return script?.complete === true && !second && !(command && changesOnlyTheShell(command));
}

/** An update and the installation from its lists have a mistake of their own, with the same remedy. */
function isUpdateFor(run: Instruction, above: Instruction, stage: Stage): boolean {
  if (run.flags.length > 0) return false;
  const [update, install] = [above, run].map((it) => {
    const command = stage.commandsOf(it)?.commands[0];
    return command && readPackageCommand(command);
  });
  return (
    update?.manager === "apt" &&
    update.act === "refresh" &&
    install?.manager === "apt" &&
    install.act === "install"
  );
}

/** Joins both with `&&`; comment lines between them stay where they are. */
function mergeFix(above: Instruction, run: Instruction, stage: Stage): Fix[] {
  const { file } = stage.model;
  if (![above, run].every((it) => isMergeable(it, stage))) return [];
  const edits: TextEdit[] = [insert(above.span.end, ` && ${file.escape}`)];
  for (let line = above.endLine + 1; line < run.startLine; line++) {
    const span = { start: file.lines.startOf(line), end: file.lines.startOf(line + 1) };
    const text = file.text.slice(span.start, span.end).trim();
    // What speaks of one instruction must not come to speak of another.
    if (/^#\s*(hadolint|plimsoll|shellcheck|check=|trivy|checkov)/.test(text)) return [];
    if (text === "") edits.push(remove(span));
  }
  edits.push(replace({ start: run.span.start, end: run.rest.spanOf(0, 1).start }, "    "));
  return [{ kind: "unsafe", title: "Merge it into the RUN above", edits }];
}

/** Is this one plain command, and all that the RUN is, whose effect on the shell itself does not matter? */
function isMergeable(run: Instruction, stage: Stage): boolean {
  const script = run.exec || run.hereDocuments.length > 0 ? undefined : stage.scriptOf(run);
  const [command] = script?.commands ?? [];
  if (!script || !command?.name || script.functions.length > 0) return false;
  const name = command.name.literal;
  if (name === undefined || isShellOnly(name) || changesOnlyTheShell(command)) return false;
  if (command.conditional || command.subshell || command.background || command.mayFail) return false;
  const { start, end } = run.rest.spanOf(0, run.rest.text.length);
  return command.span.start === start && command.span.end === end;
}
