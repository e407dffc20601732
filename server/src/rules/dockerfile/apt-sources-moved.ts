import { imageNameBelow } from "../../model/stage/base-image.ts";
import { mayChangeSourcesBefore } from "../../model/stage/package-sources.ts";
import { isAtLeast, type Release, releaseOf } from "../../model/stage/releases.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Command, ShellWord } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { readOptions } from "../knowledge/shell/shell-options.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";

export const aptSourcesMoved = commandRule({
  id: "apt-sources-moved",
  title: "Change of a sources.list that the image does not have",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`sed -i\`, \`cp\` and \`mv\` of \`/etc/apt/sources.list\` on official images with Debian 12 or later, which have no such
      file, and as a warning \`sed -i\` of it on those with Ubuntu 24.04 or later, where it holds a comment and nothing else. Silent where
      something before it may have written the file.`,
    why: source`
      The sources stand in \`/etc/apt/sources.list.d/debian.sources\` or \`ubuntu.sources\`, in another format. On Debian the build
      ends with "can't read /etc/apt/sources.list: No such file or directory"; on Ubuntu nothing is changed, and packages come
      from where they came before.`,
    bad: source`
      FROM python:3.14-slim-trixie
      RUN sed -i 's/deb.debian.org/mirror.example.com/' /etc/apt/sources.list
                                                        ^^^^^^^^^^^^^^^^^^^^^ apt-sources-moved: Debian 13 has no /etc/apt/sources.list: its sources are in /etc/apt/sources.list.d/debian.sources.`,
    good: source`
      FROM python:3.14-slim-trixie
      RUN sed -i 's/deb.debian.org/mirror.example.com/' /etc/apt/sources.list.d/debian.sources`,
  },
  programs: ["sed", "cp", "mv"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    if (instruction.name === "ONBUILD" || !says(/\/etc\/apt\/sources\.list(?![.\w])/, run)) return;
    const word = changedIn(call);
    const moved = word && movedTo(releaseOf(stage));
    const image = imageNameBelow(stage);
    if (!moved || !image || image.name.includes("/") || isBeforeRelease(image.tag)) return;
    const failure = failureOf(command, script, run, stage);
    if (failure === "allowed" || mayChangeSourcesBefore(command.span.start, run, stage)) return;
    const { release, file, isThere } = moved;
    // A comment can be copied and moved as well as sources can.
    if (isThere && call.program !== "sed") return;
    const what = isThere ? `has only a comment in ${LIST}` : `has no ${LIST}`;
    report(word.span, `${release.distribution} ${release.version} ${what}: its sources are in ${file}.`, {
      severity: !isThere && failure === "stops" ? "error" : "warning",
      fixes: call.program === "sed" ? fixesOf(command, word, file) : [],
    });
  },
});

const LIST = "/etc/apt/sources.list";

/** Images of Debian 12 from before it came out (2023-06-10) were put together in the old way. */
function isBeforeRelease(tag = ""): boolean {
  const day = /-(20\d{6})\b/.exec(tag)?.[1];
  return day !== undefined && day < "20230610";
}

/** The word that names the list as what is changed or taken. */
function changedIn({ program, command }: CommandCall): ShellWord | undefined {
  const { options, operands } = readOptions(
    command.arguments,
    program === "sed" ? "e f expression file" : "t",
  );
  if (program !== "sed")
    return operands[0]?.literal === LIST && operands.length > 1 ? operands[0] : undefined;
  const isInPlace = options.some((it) => it.name === "i" || it.name === "in-place");
  return isInPlace ? operands.find((it) => it.literal === LIST) : undefined;
}

/**
 * Where the sources are in the images of a release: Debian's have none at the old place since 12 (debuerreotype, debian:bookworm), and
 * Ubuntu's a comment since 24.04 (ubuntu:24.04, both read 2026-11).
 */
function movedTo(
  release: Release | undefined,
): { release: Release; file: string; isThere: boolean } | undefined {
  if (release?.distribution === "Debian" && isAtLeast(release, "12"))
    return { release, file: `${LIST}.d/debian.sources`, isThere: false };
  if (release?.distribution === "Ubuntu" && isAtLeast(release, "24.04"))
    return { release, file: `${LIST}.d/ubuntu.sources`, isThere: true };
  return undefined;
}

/** Hosts and components stand in the new format as they did in the old one; lines that begin with `deb` do not. */
function fixesOf({ arguments: words }: Command, word: ShellWord, file: string): Fix[] {
  if (words.some((it) => /\bdeb(-src)?(?![.-])\b/.test(it.raw))) return [];
  return [{ kind: "unsafe", title: `Change ${file} instead`, edits: [replace(word.span, file)] }];
}
