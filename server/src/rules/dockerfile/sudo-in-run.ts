import type { ShellWord } from "../../syntax/shell/script.ts";
import { remove } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { commandRule, type Fix } from "../rule.ts";

export const sudoInRun = commandRule({
  id: "sudo-in-run",
  title: "RUN with sudo, where USER would say who runs it",
  severity: "warning",
  tags: ["clarity", "security"],
  aliases: ["DL3004", "DS-0010", "CKV2_DOCKER_1", "DKL-DI-0001"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`sudo\` in RUN. It is an error where sudo is certainly not in the image. The fix takes it away where the
      user is root anyway.`,
    why: source`
      A build needs no second way to become root: USER says who runs what follows. sudo in an image is a program that
      makes everybody root, it resets the environment that ENV has set, and it hides signals and terminals from what it
      starts.`,
    bad: source`
      FROM ubuntu:24.04
      RUN apt-get update && apt-get install -y sudo
      RUN sudo apt-get install -y curl
          ^^^^ sudo-in-run: The user is root here, so sudo only gets in the way.`,
    good: source`
      FROM ubuntu:24.04
      RUN apt-get update && apt-get install -y curl
      USER 1000`,
  },
  programs: ["sudo"],

  check({ command, instruction, stage }, report) {
    const { name, arguments: words, assignments } = command;
    const [next] = words;
    if (!name) return;
    const state = stage.before(instruction);
    const isRoot = state.user.known && state.user.value.isRoot;
    const missing = stage.commandsOf(instruction)?.commands[0] === command && state.hasTool("sudo");
    const isPlain =
      next?.literal !== undefined && /^[\w./]/.test(next.literal) && !next.literal.includes("=");
    const fixes: Fix[] = [];
    // An option, or a variable in front, is for sudo itself.
    if (isRoot && next && isPlain && assignments.length === 0) {
      const edits = [remove({ start: name.span.start, end: next.span.start })];
      fixes.push({ kind: "safe", title: "Remove sudo", edits });
    }
    if (missing && missing.is === "no")
      report(name.span, "sudo is not in this image.", { severity: "error", related: missing.because, fixes });
    else if (isRoot && !words.some(isOtherUser))
      report(name.span, "The user is root here, so sudo only gets in the way.", { fixes });
    else report(name.span, "USER says who runs what follows, sudo hides it.");
  },
});

/** `-u www-data` says who runs it, and is no way to become root. */
function isOtherUser({ literal = "" }: ShellWord): boolean {
  return /^(-\w*[ug]|--user|--group)(=|$)/.test(literal);
}
