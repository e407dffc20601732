import { source } from "../../text/source.ts";
import { programsOf, readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { commandRule } from "../rule.ts";

export const packagesUpgraded = commandRule({
  id: "packages-upgraded",
  title: "All packages upgraded by the build",
  severity: "hint",
  tags: ["reproducible", "size"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  // Whether fixes come with the base or with the build is a matter of opinion.
  enabled: false,
  docs: {
    what: source`
      Reports \`apt-get upgrade\`, \`apk upgrade\`, \`dnf upgrade\`, \`yum update\` and \`zypper update\` of everything. Runs only when
      asked for. An upgrade that may remove packages is reported by \`distribution-upgrade\`.`,
    why: source`
      Each package that is upgraded is in the image twice, and two builds of one Dockerfile give different images. Newer
      tags of the base image bring the same fixes, for all images that stand on it.`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get upgrade -y && rm -rf /var/lib/apt/lists/*
                            ^^^^^^^^^^^^^^^ packages-upgraded: apt-get upgrade stores again what the base image has, in whatever version there is that day.`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --only-upgrade openssl && rm -rf /var/lib/apt/lists/*`,
  },
  programs: programsOf("apk", "apt", "dnf", "yum", "zypper"),

  check({ command }, report) {
    const call = readPackageCommand(command);
    if (call?.act !== "upgrade" || call.operands.length > 0 || call.isOpen) return;
    if (!/^(up|update|upgrade|safe-upgrade|patch)$/.test(call.verb)) return;
    report(
      call.span,
      `${call.program} ${call.verb} stores again what the base image has, in whatever version there is that day.`,
    );
  },
});
