import { isAtLeast, type Release, releaseOf } from "../../model/stage/releases.ts";
import { source } from "../../text/source.ts";
import { readOptions } from "../knowledge/shell/shell-options.ts";
import { commandRule } from "../rule.ts";
import { insertWordBehind } from "../writing/commands/command-words.ts";

export const highUserId = commandRule({
  id: "high-user-id",
  title: "User with a high id makes huge login logs",
  severity: "warning",
  tags: ["size"],
  aliases: ["DL3046"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`useradd\` with a user id of more than five digits and without \`--no-log-init\` (\`-l\`), on Debian 11, Ubuntu
      22.04, CentOS 8 and older. Later releases have a useradd that leaves these files alone.`,
    why: source`
      For each user that useradd writes an entry into /var/log/lastlog and /var/log/faillog, at a place that the id
      decides. What lies before it is a hole in a sparse file, and layers keep holes as zeros: the image can grow by
      gigabytes, and the build can run out of disk.`,
    bad: source`
      FROM ubuntu:22.04
      RUN useradd --uid 1000660000 app
                  ^^^^^^^^^^^^^^^^ high-user-id: An id this high makes the login logs of the image huge.`,
    good: source`
      FROM ubuntu:22.04
      RUN useradd -l --uid 1000660000 app`,
  },
  programs: ["useradd"],

  check({ command, run, stage }, report) {
    const { options } = readOptions(command.arguments, USERADD);
    const id = options.find((it) => it.name === "u" || it.name === "uid");
    const isQuiet = options.some((it) => it.name === "l" || it.name === "no-log-init");
    if (!command.name || !id || isQuiet || !/^\d{6,}$/.test(id.value ?? "")) return;
    const release = releaseOf(stage);
    if (!release || !writesLogs(release)) return;
    const span = { start: id.word.span.start, end: (id.valueWord ?? id.word).span.end };
    const edits = [insertWordBehind(command.name, "-l", run)];
    report(span, "An id this high makes the login logs of the image huge.", {
      // No image of these releases is at hand to prove it with.
      fixes: [{ kind: "unsafe", title: "Add -l", edits }],
    });
  },
});

/**
 * The first release whose useradd writes no entry behind the end of these files: that of shadow 4.13 (shadow-maint/shadow#558).
 * Debian 11 (4.8.1), 12 (4.13) and 13 (4.17) were tried with empty files, 2026-11-27: only 11 wrote, 292 GB for 1000660000.
 * Ubuntu 22.04 has 4.8.1, 24.04 has 4.13; CentOS is known for it (moby/moby#5419). Alpine's image has no such file.
 */
const FIRST_WITHOUT: Partial<Record<Release["distribution"], string>> = {
  Debian: "12",
  Ubuntu: "22.10",
  CentOS: "9",
};

function writesLogs(release: Release): boolean {
  const first = FIRST_WITHOUT[release.distribution];
  return first !== undefined && !isAtLeast(release, first);
}

const USERADD =
  "b base-dir c comment d home-dir e expiredate f inactive g gid G groups k skel K key p password R root s shell u uid Z selinux-user";
