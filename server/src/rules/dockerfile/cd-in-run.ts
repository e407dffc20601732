import { isOwn } from "../../model/stage/holding-stage.ts";
import { resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { mountsOf } from "../../syntax/dockerfile/run-mounts.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { isDirectoryNeededBehind } from "../knowledge/files/directory-needs.ts";
import { type Fix, instructionRule } from "../rule.ts";
import { removeCommands } from "../writing/commands/remove-commands.ts";
import { insertAbove } from "../writing/dockerfile/lines.ts";

export const cdInRun = instructionRule({
  id: "cd-in-run",
  title: "RUN with cd, where WORKDIR would say the directory",
  severity: "warning",
  tags: ["clarity"],
  aliases: ["DL3003", "DS-0013", "S6597"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports the first \`cd\` of a RUN. Where the RUN begins with \`cd directory &&\`, the fix writes WORKDIR in its place.
      That holds for what follows too, so there is none where something behind may need the directory from before.`,
    why: source`
      \`cd\` ends with its RUN, and each RUN has to find its way again. WORKDIR names the directory once, makes it if
      it is missing, and shows in the image where its commands run.`,
    bad: source`
      FROM golang:1.26
      RUN cd /src/tools && go install ./...
          ^^ cd-in-run: cd holds for this RUN only; WORKDIR says the directory.`,
    good: source`
      FROM golang:1.26
      WORKDIR /src/tools
      RUN go install ./...`,
  },
  instructions: ["RUN"],
  triggers: true,
  onlyWith: { programs: ["cd"] },

  check(run, stage, report) {
    const script = stage.commandsOf(run);
    const [first, second] = script?.commands.filter((it) => it.name?.literal === "cd") ?? [];
    if (!script || !first?.name) return;
    report(first.name.span, "cd holds for this RUN only; WORKDIR says the directory.", {
      fixes: second ? [] : fixesOf(first, script, run, stage),
    });
  },
});

function fixesOf(command: Command, script: Script, run: Instruction, stage: Stage): Fix[] {
  const [directory, ...more] = command.arguments;
  const [first, second] = script.commands;
  if (!isOwn(run, stage) || first !== command || !second || more.length > 0) return [];
  // Behind `;` the rest would run even where the directory is not there.
  if (second.after !== "&&" || run.hereDocuments.length > 0) return [];
  if (command.redirections.length > 0 || command.assignments.length > 0) return [];
  if (!/^[\w./@+][\w./@+-]*$/.test(directory?.literal ?? "")) return [];
  // A mount counts from the directory as well.
  if (mountsOf(run).some(({ target }) => target && !target.value?.startsWith("/"))) return [];
  const { workdir } = stage.before(run);
  const path = resolvePath(workdir.known ? workdir.value : undefined, directory?.literal ?? "");
  const removal = removeCommands([command], script, run, stage);
  if (path === undefined || !removal || isDirectoryNeededBehind(run, stage)) return [];
  const edits = [insertAbove(stage.model.file, run, `WORKDIR ${path}`), removal];
  return [{ kind: "unsafe", title: `Use WORKDIR ${path}`, edits }];
}
