import { imageNameBelow } from "../../model/stage/base-image.ts";
import { source } from "../../text/source.ts";
import { programsOf, readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { commandRule } from "../rule.ts";
import { replaceWord } from "../writing/commands/command-words.ts";

export const distributionUpgrade = commandRule({
  id: "distribution-upgrade",
  title: "Upgrade of the whole distribution",
  severity: "warning",
  tags: ["reproducible", "size"],
  aliases: ["DL3035", "DS-0024", "DKL-DI-0003"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`zypper dist-upgrade\` and \`apt-get dist-upgrade\`, under each of their names. A plain \`upgrade\`, which brings
      security fixes of the same packages, is fine; so is \`zypper dup\` on Tumbleweed, which has no other way. For apt-get it is only
      information.`,
    why: source`
      Such an upgrade may remove packages and put others in their place, up to another release of the distribution. What is in
      the image is then no longer what its base says; a newer tag of the base does the same and can be told from the file.`,
    bad: source`
      FROM opensuse/leap:16.0
      RUN zypper --non-interactive dist-upgrade
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ distribution-upgrade: zypper dist-upgrade may replace the whole distribution.`,
    good: source`
      FROM opensuse/leap:16.0
      RUN zypper --non-interactive patch`,
  },
  programs: programsOf("apt", "zypper"),

  check({ command, run, stage }, report) {
    const upgrade = readPackageCommand(command);
    if (upgrade?.act !== "release") return;
    const { program, verb, verbWord, span } = upgrade;
    if (upgrade.manager === "apt") {
      report(span, `${program} ${verb} may remove packages to upgrade others.`, {
        severity: "info",
        aliases: ["DS-0024", "DKL-DI-0003"],
        fixes: [
          {
            kind: "unsafe",
            title: `Replace ${verb} with upgrade`,
            edits: [replaceWord(verbWord, program === "aptitude" ? "safe-upgrade" : "upgrade", run)],
          },
        ],
      });
      return;
    }
    if (imageNameBelow(stage)?.name.includes("tumbleweed")) return;
    report(span, `${program} ${verb} may replace the whole distribution.`, {
      aliases: ["DL3035"],
      fixes: [
        {
          kind: "unsafe",
          title: `Replace ${verb} with update`,
          edits: [replaceWord(verbWord, "update", run)],
        },
      ],
    });
  },
});
