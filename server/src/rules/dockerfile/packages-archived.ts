import { mayChangeSourcesBefore } from "../../model/stage/package-sources.ts";
import { isAtLeast, type Release, releaseOf } from "../../model/stage/releases.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { type PackageCommand, packageCommandsIn } from "../knowledge/packages/package-commands.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { stageRule } from "../rule.ts";

export const packagesArchived = stageRule({
  id: "packages-archived",
  title: "Packages of a release that has left its mirrors",
  severity: "warning",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports the first \`apt-get update\` on Debian 10 and older and on Ubuntu's releases without long support before 24.04, and
      the first \`yum\` or \`dnf\` that installs on CentOS 6 to 8. Silent where something may have changed the sources of packages.`,
    why: source`
      Releases that are out of support are taken from the mirrors and kept in an archive at another address, and CentOS's list of
      mirrors was shut down. The image still asks the old address: \`apt-get update\` ends with "does not have a Release file",
      \`yum\` with "Cannot find a valid baseurl", and the build with them. Take a release that is supported; the archives
      (archive.debian.org, old-releases.ubuntu.com, vault.centos.org) get no fixes.`,
    bad: source`
      FROM python:3.7-slim-buster
      RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && rm -rf /var/lib/apt/lists/*
          ^^^^^^^^^^^^^^ packages-archived: Debian 10 has left the mirrors: its packages are at archive.debian.org only.`,
    good: source`
      FROM python:3.13-slim-bookworm
      RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && rm -rf /var/lib/apt/lists/*`,
  },
  onlyWith: { programs: ["apt", "apt-get", "aptitude", "dnf", "yum"] },

  check(stage, report) {
    const release = releaseOf(stage);
    const archive = release && archiveOf(release);
    const first = archive && firstAsking(stage);
    if (!first || mayChangeSourcesBefore(first.span.start, first.run, stage)) return;
    const { distribution, version } = release;
    report(
      first.span,
      `${distribution} ${version} has left the mirrors: its packages are at ${archive} only.`,
    );
  },
});

/**
 * Where the packages of a release went; undefined for one that is still on the mirrors. deb.debian.org had no buster on
 * 2026-11-26; Ubuntu moves releases when their support ends; CentOS's mirror list was closed on 2024-06-30.
 */
function archiveOf(release: Release): string | undefined {
  const { distribution, version } = release;
  if (distribution === "Debian") return isAtLeast(release, "11") ? undefined : "archive.debian.org";
  if (distribution === "CentOS") return "vault.centos.org";
  if (distribution === "Alpine") return undefined;
  const [year = 0, month] = version.split(".").map(Number);
  const hasLongSupport = year % 2 === 0 && month === 4;
  return hasLongSupport || isAtLeast(release, "24.04") ? undefined : "old-releases.ubuntu.com";
}

/** The first call that asks the mirrors and is not allowed to fail. */
function firstAsking(stage: Stage): (PackageCommand & { readonly run: Instruction }) | undefined {
  for (const run of stage.instructions) {
    const script = run.name === "RUN" ? stage.commandsOf(run) : undefined;
    for (const call of script ? packageCommandsIn(script) : []) {
      if (!asksMirrors(call) || !script) continue;
      return failureOf(call.command, script, run, stage) === "allowed" ? undefined : { ...call, run };
    }
  }
  return undefined;
}

/** apt installs from the lists that it has, and has none before its first update. */
function asksMirrors({ manager, act, options }: PackageCommand): boolean {
  if (manager === "apt") return act === "refresh";
  const isRpm = manager === "yum" || manager === "dnf";
  return isRpm && /^(install|refresh|upgrade|release)$/.test(act) && !options.has("--disablerepo");
}
