import { baseName, resolvePath } from "../../model/stage/paths.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { readOptions } from "../knowledge/shell/shell-options.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { execForm } from "../writing/commands/exec-form.ts";
import { removeCommands } from "../writing/commands/remove-commands.ts";
import { holdsComment, insertBelow } from "../writing/dockerfile/lines.ts";

export const shellRelinked = commandRule({
  id: "shell-relinked",
  title: "Link in the place of /bin/sh",
  severity: "warning",
  tags: ["clarity"],
  aliases: ["DL4005"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`ln\` that puts another shell in the place of /bin/sh. The fix writes SHELL, which holds for RUN, CMD and
      ENTRYPOINT; scripts that begin with \`#!/bin/sh\` then run with the image's own shell again.`,
    why: source`
      The shell in /bin/sh belongs to the distribution: scripts of its packages are written for it, and an update puts it back.
      SHELL says for this image alone which shell its commands run in.`,
    bad: source`
      FROM debian:trixie-slim
      RUN ln -sf /bin/bash /bin/sh
                           ^^^^^^^ shell-relinked: This replaces the shell of the whole system; SHELL sets the one of this image's commands.`,
    good: source`
      FROM debian:trixie-slim
      SHELL ["/bin/bash", "-c"]`,
  },
  programs: ["ln"],

  check(call, report) {
    const { operands } = readOptions(call.command.arguments, "t target-directory S suffix");
    const [target, link, ...more] = operands;
    if (!target || !link || more.length > 0 || !SH.test(link.literal ?? "")) return;
    // Where there was none, as in distroless images, the link is what gives the image a shell.
    const isThere = call.stage.bottom.initial.hasPath("/bin/sh").is;
    // Exec form is how one runs it in an image that has no shell yet.
    if (isThere === "no" || (call.run.exec && isThere !== "yes")) return;
    const message =
      "This replaces the shell of the whole system; SHELL sets the one of this image's commands.";
    report(link.span, message, { fixes: fixesOf(target.literal, call) });
  },
});

const SH = /^(\/usr)?\/bin\/sh$/;

function fixesOf(
  target: string | undefined,
  { command, script, run, instruction, stage }: CommandCall,
): Fix[] {
  const { file } = stage.model;
  const shell = target === undefined ? undefined : resolvePath("/bin", target);
  if (run !== instruction || shell === undefined || !/^(ba|da|a|z|k|mk)sh$/.test(baseName(shell))) return [];
  if (stage.after(run).hasTool(shell).is === "no") return [];
  // Who first takes /bin/sh away must not stop half-way.
  const others = script.commands.filter((it) => it !== command);
  if (others.some((it) => it.arguments.some((word) => SH.test(word.literal ?? "")))) return [];
  const line = `SHELL ${execForm([shell, "-c"])}`;
  if (others.length === 0) {
    if (run.flags.length > 0 || run.hereDocuments.length > 0 || holdsComment(file, run.span)) return [];
    return [{ kind: "unsafe", title: "Use SHELL", edits: [replace(run.span, line)] }];
  }
  const removal = removeCommands([command], script, run, stage);
  return removal
    ? [{ kind: "unsafe", title: "Use SHELL", edits: [removal, insertBelow(file, run, line)] }]
    : [];
}
