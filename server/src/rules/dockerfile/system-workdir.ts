import { isWithin } from "../../model/stage/paths.ts";
import { source } from "../../text/source.ts";
import { instructionRule } from "../rule.ts";

export const systemWorkdir = instructionRule({
  id: "system-workdir",
  title: "Working directory that belongs to the system",
  severity: "warning",
  tags: ["run", "security"],
  aliases: ["DS-0030"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports WORKDIR in \`/proc\`, \`/sys\` and \`/dev\`, which a container gets anew at its start, and in \`/boot\`,
      \`/initrd\` and \`/lost+found\`, which an image has no use for.`,
    why: source`
      The kernel's file systems are mounted over these directories when a container starts, so what was copied there is
      gone, and what is written there reaches the kernel rather than a disk.`,
    bad: source`
      FROM alpine:3.24
      WORKDIR /proc/app
              ^^^^^^^^^ system-workdir: What is in /proc is the kernel's: it is mounted anew when a container starts.`,
    good: source`
      FROM alpine:3.24
      WORKDIR /srv/app`,
  },

  instructions: ["WORKDIR"],

  check(instruction, stage, report) {
    const { workdir } = stage.after(instruction);
    const [word] = instruction.words;
    if (!workdir.known || !word) return;
    const mounted = MOUNTED.find((it) => isWithin(workdir.value, it));
    const other = OTHERS.find((it) => isWithin(workdir.value, it));
    if (mounted)
      report(word.span, `What is in ${mounted} is the kernel's: it is mounted anew when a container starts.`);
    else if (other) report(word.span, `${other} belongs to a machine that boots, and an image does not.`);
  },
});

const MOUNTED = ["/proc", "/sys", "/dev"];
const OTHERS = ["/boot", "/initrd", "/lost+found"];
