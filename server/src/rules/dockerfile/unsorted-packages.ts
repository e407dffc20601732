import type { ShellWord } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { swallowedCall } from "../knowledge/commands/swallowed-call.ts";
import { programsOf, readPackageCommand, textOf } from "../knowledge/packages/package-commands.ts";
import { commandRule } from "../rule.ts";
import { holdsComment } from "../writing/dockerfile/lines.ts";

export const unsortedPackages = commandRule({
  id: "unsorted-packages",
  title: "Packages out of the order of the alphabet",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["sort-packages", "S7018"],
  since: "0.4.0",
  fix: "safe",
  enabled: false,
  docs: {
    what: source`
      Reports lists of packages of apt-get, apk, dnf, yum, microdnf and zypper over several lines that are not in order. The fix sorts
      the names where they stand, with their versions; variables, options, files and addresses stay in their places.`,
    why: source`
      Docker's own advice is to sort such lists: what stands in one twice is seen, and two people who add a package
      seldom add it in the same line.`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --no-install-recommends \
          git \
          curl
          ^^^^ unsorted-packages: In the order of the alphabet curl stands in front of git.`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --no-install-recommends \
          curl \
          git`,
  },
  programs: programsOf("apt", "apk", "dnf", "yum", "zypper"),

  check({ command, stage }, report) {
    const call = readPackageCommand(command);
    if (call?.act !== "install") return;
    // Another command of theirs among them is no package, and has its order.
    if (swallowedCall(call.program, command, stage.model.file)) return;
    // Files and addresses have no place in the alphabet.
    const names = call.operands.filter((it) => !/[$`]|^[./]|:\/\//.test(it.raw));
    const { lines } = stage.model.file;
    const [first, last] = [names[0], names.at(-1)];
    // Without lines of their own there is nothing to keep in order.
    if (!first || !last || lines.lineAt(first.span.start) === lines.lineAt(last.span.start)) return;
    const at = names.findIndex((it, index) => index > 0 && isBehind(names[index - 1], it));
    const out = names[at];
    if (!out) return;
    const sorted = [...names].sort((a, b) => (isBehind(a, b) ? 1 : isBehind(b, a) ? -1 : 0));
    const before = names.find((it) => isBehind(it, out));
    report(
      out.span,
      `In the order of the alphabet ${textOf(out)} stands in front of ${before && textOf(before)}.`,
      {
        // A comment between them is about the one below it.
        fixes: holdsComment(stage.model.file, command.span)
          ? []
          : [
              {
                kind: "safe",
                title: "Sort the packages",
                edits: names.flatMap((it, index) => {
                  const other = sorted[index];
                  return other && other !== it ? [replace(it.span, other.raw)] : [];
                }),
              },
            ],
      },
    );
  },
});

/** By what makes the package's name, as its version and its release say nothing of its place. */
function isBehind(one: ShellWord | undefined, other: ShellWord): boolean {
  const [a, b] = [keyOf(one), keyOf(other)];
  return a > b;
}

function keyOf(word: ShellWord | undefined): string {
  return (word ? textOf(word) : "").toLowerCase().replace(/[=<>~@/:].*$/s, "");
}
