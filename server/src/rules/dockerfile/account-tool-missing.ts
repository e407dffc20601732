import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { mayBeAnotherProgram } from "../knowledge/commands/other-programs.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { toBusyBox, toShadow } from "../writing/commands/account-dialects.ts";
import { holdsComment } from "../writing/dockerfile/lines.ts";

export const accountToolMissing = commandRule({
  id: "account-tool-missing",
  title: "Program for users and groups that the image lacks",
  severity: "error",
  tags: ["build"],
  aliases: ["S10", "useradd-on-alpine"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`useradd\`, \`groupadd\`, \`usermod\`, \`adduser\` and \`addgroup\` where the program is certainly not in the
      image. The fix says the same with the programs that are there.`,
    why: source`
      Distributions differ in how they make users. Alpine has BusyBox's adduser and addgroup; Debian, Ubuntu and Fedora
      have useradd and groupadd, and Debian's images have no adduser since Debian 13.`,
    bad: source`
      FROM alpine:3.24
      RUN useradd --create-home app
          ^^^^^^^ account-tool-missing: useradd is not in this image.`,
    good: source`
      FROM alpine:3.24
      RUN adduser -D app`,
  },
  programs: ["useradd", "groupadd", "usermod", "adduser", "addgroup"],

  check(call, report) {
    const { program, command, script, run, instruction, stage } = call;
    if (!command.name || run !== instruction || command.conditional) return;
    const before = stage.before(run);
    // The same RUN may install it first.
    if (!before.lacksTool(program) || stage.after(run).isToolBrought(program).is !== "no") return;
    if (mayBeAnotherProgram(call)) return;
    report(command.name.span, `${program} is not in this image.`, {
      related: before.hasTool(program).because,
      fixes: fixesOf(call),
      ...(failsRun(command, script, run, stage) ? {} : { severity: "warning" }),
    });
  },
});

function fixesOf({ program, command, run, stage }: CommandCall): Fix[] {
  const isShadow = /^(useradd|groupadd|usermod)$/.test(program);
  const translate = isShadow ? toBusyBox : toShadow;
  const others = isShadow ? ["adduser", "addgroup"] : ["useradd", "groupadd"];
  const state = stage.before(run);
  if (others.some((it) => state.hasTool(it).is !== "yes")) return [];
  if (isShadow && state.isBusyBox("adduser").is !== "yes") return [];
  if (run.exec || command.redirections.length > 0 || command.assignments.length > 0) return [];
  const { file } = stage.model;
  const text = file.text.slice(command.span.start, command.span.end);
  // What goes over several lines may hold comments, and the words are put together anew.
  if (holdsComment(file, command.span) || command.name?.literal !== program) return [];
  const line = translate(program, command.arguments);
  if (line === undefined || line === text) return [];
  const [name = ""] = (line.split(" && ").at(-1) ?? "").split(" ");
  return [{ kind: "safe", title: `Use ${name}`, edits: [replace(command.span, line)] }];
}
