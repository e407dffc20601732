import { source } from "../../text/source.ts";
import {
  type PackageCommand,
  programsOf,
  readPackageCommand,
} from "../knowledge/packages/package-commands.ts";
import { hasOwnSettings } from "../knowledge/packages/system/package-settings.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { insertWordBehind } from "../writing/commands/command-words.ts";

const OPTION = "--no-install-recommends";

export const recommendedPackages = commandRule({
  id: "recommended-packages",
  title: "Recommended packages installed too",
  severity: "info",
  tags: ["size"],
  aliases: ["DL3015", "DS-0029", "S6500"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports apt-get install without \`--no-install-recommends\`. The fix adds it, and the certificates where curl, wget
      or git would lose them; look whether the image still has all that it needs, for some things work only with what a package
      recommends.`,
    why: source`
      Debian's and Ubuntu's packages recommend others that a usual desktop or server would want with them. A container seldom
      does: documentation, compilers, mail servers come along and make the image larger.`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y git
                            ^^^^^^^^^^^^^^^ recommended-packages: What these packages recommend is installed too.`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --no-install-recommends git ca-certificates`,
  },
  programs: programsOf("apt"),

  check(call, report) {
    const command = readPackageCommand(call.command);
    if (command?.verb !== "install" || command.isOpen) return;
    if (command.words.some((it) => decides.test(it)) || hasOwnSettings("apt", call.stage)) return;
    report(command.span, "What these packages recommend is installed too.", {
      fixes: [fixOf(call, command)],
    });
  },
});

/** With curl, wget and git come the certificates without which they trust no server: these stay, by their name. */
function fixOf(call: CommandCall, { verbWord, operands }: PackageCommand): Fix {
  const edits = [insertWordBehind(verbWord, OPTION, call.run)];
  const state = call.stage.beforeCommand(call.command, call.run);
  const last = operands.at(-1);
  const isAsked = (pattern: RegExp) => operands.some((it) => pattern.test(it.raw));
  const needs = isAsked(/^(curl|wget|git)(=|$)/) && !isAsked(/^ca-certificates(=|$)/);
  if (!last || !needs || state.certificates.is !== "no")
    return { kind: "unsafe", title: `Add ${OPTION}`, edits };
  edits.push(insertWordBehind(last, CERTIFICATES, call.run));
  return { kind: "unsafe", title: `Add ${OPTION} and ${CERTIFICATES}`, edits };
}

const CERTIFICATES = "ca-certificates";

/** Options that say whether recommended packages are wanted; `-R` is aptitude's. */
const decides =
  /^--(no-)?install-recommends|^--with(out)?-recommends$|^-(?=\w+$)\w*[Rr]|APT::Install-Recommends|^--no-act$/;
