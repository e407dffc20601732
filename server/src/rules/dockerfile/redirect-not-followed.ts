import { notedOnFile } from "../../syntax/dockerfile/tree.ts";
import type { ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { downloadedUrls, downloadOptions } from "../knowledge/commands/downloads.ts";
import { commandRule } from "../rule.ts";
import { insertWordBehind } from "../writing/commands/command-words.ts";

export const redirectNotFollowed = commandRule({
  id: "redirect-not-followed",
  title: "Download by curl that gets a redirection instead of the file",
  severity: "warning",
  tags: ["build", "run"],
  aliases: ["curl-should-follow-redirects", "curl-missing-location"],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  asksBeyond: ({ model }) => String(mayHaveSettings(model.file)),
  docs: {
    what: source`
      Reports curl without \`-L\` on an address that certainly answers with another one: releases, archives and raw files of
      \`github.com\`, downloads of SourceForge, shortened links. Silent where the answer itself is looked at
      (\`-I\`, \`-i\`, \`-w\`, \`-X\`).`,
    why: source`
      Without \`-L\` curl stops at the redirection, saves its empty page and calls that a success, with \`-f\` too. What fails
      is the command that unpacks the file, or the program, which is empty, when the container starts. wget and ADD follow.`,
    bad: source`
      FROM buildpack-deps:trixie
      RUN curl -fsS -o /tmp/tool.tar.gz https://github.com/example/tool/releases/download/v1.4.0/tool.tar.gz
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ redirect-not-followed: github.com answers this with another address, which curl follows only with -L.`,
    good: source`
      FROM buildpack-deps:trixie
      RUN curl -fsSL -o /tmp/tool.tar.gz https://github.com/example/tool/releases/download/v1.4.0/tool.tar.gz`,
  },
  programs: ["curl"],

  check({ command, script, run, stage }, report) {
    if (!command.name || script.functions.includes("curl")) return;
    const url = downloadedUrls("curl", command.arguments).find((it) => hostThatRedirects(it) !== undefined);
    if (!url || downloadOptions("curl", command.arguments).some((it) => DECIDES.has(it.name))) return;
    // A file of settings may say it for all calls.
    if (mayHaveSettings(stage.model.file) || command.arguments.some(mayBeOptions)) return;
    report(
      url.span,
      `${hostThatRedirects(url)} answers this with another address, which curl follows only with -L.`,
      { fixes: [{ kind: "safe", title: "Add -L", edits: [insertWordBehind(command.name, "-L", run)] }] },
    );
  },
});

const mayHaveSettings = notedOnFile(({ text }): boolean => /curlrc|CURL_HOME/.test(text));

/** Options that follow, or with which the answer itself is wanted (curl 8.17 manual, read 2026-11). */
const DECIDES: ReadonlySet<string> = new Set(
  "L location location-trusted follow K config I head i include show-headers D dump-header w write-out X request h help V version".split(
    " ",
  ),
);

/** `curl $OPTIONS …`: a variable that is a word of its own may be any option. */
function mayBeOptions({ raw, literal }: ShellWord): boolean {
  return literal === undefined && /^["']?[$`]/.test(raw);
}

/**
 * The host of an address that is always answered with another one; undefined for any other. Releases, archives and raw files of
 * GitHub are on hosts of their own, SourceForge sends to a mirror, and shorteners to what they shorten: as these hosts have answered
 * for years.
 */
function hostThatRedirects({ literal, raw }: ShellWord): string | undefined {
  const url = (literal ?? raw).replace(/^["']/, "");
  const [, host = "", path = ""] = /^https?:\/\/([^/]+)(\/.*)$/i.exec(url) ?? [];
  return REDIRECTED.some(([hosts, paths]) => hosts.test(host) && paths.test(path)) ? host : undefined;
}

const REDIRECTED: readonly (readonly [host: RegExp, path: RegExp])[] = [
  [
    /^(www\.)?github\.com$/i,
    /^\/[^/]+\/[^/]+\/(releases\/(latest\/)?download|archive|raw|tarball|zipball)\/./,
  ],
  [/^api\.github\.com$/i, /^\/repos\/[^/]+\/[^/]+\/(tarball|zipball)\b/],
  [/^downloads?\.sourceforge\.net$/i, /^\/./],
  [/^sourceforge\.net$/i, /^\/projects\/.+\/download$/],
  [/^(bit\.ly|tinyurl\.com|aka\.ms|git\.io)$/i, /^\/./],
];
