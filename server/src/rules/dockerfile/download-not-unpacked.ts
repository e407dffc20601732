import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import { source } from "../../text/source.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { instructionRule } from "../rule.ts";

export const downloadNotUnpacked = instructionRule({
  id: "download-not-unpacked",
  title: "Downloaded archive that nothing unpacks",
  severity: "warning",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports ADD of an archive from an address (\`ADD https://…/tool.tar.gz /opt/\`) without \`--unpack\`, where nothing behind it in
      the image unpacks anything or names the archive.`,
    why: source`
      ADD unpacks archives of the build context only. One that it downloads stays the file that it is, and what is in it is missing. A RUN
      with \`tar\` unpacks it, and so does \`ADD --unpack\` since version 1.17 of the Dockerfile syntax.`,
    bad: source`
      FROM alpine:3.24
      ADD https://example.com/tool-1.2.tar.gz /opt/
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ download-not-unpacked: ADD does not unpack what it downloads, and nothing else does here.
      CMD ["/opt/tool-1.2/bin/tool"]`,
    good: source`
      FROM alpine:3.24
      ADD https://example.com/tool-1.2.tar.gz /tmp/
      RUN tar -xzf /tmp/tool-1.2.tar.gz -C /opt && rm /tmp/tool-1.2.tar.gz
      CMD ["/opt/tool-1.2/bin/tool"]`,
  },
  instructions: ["ADD"],

  check(add, stage, report) {
    const word = add.words.slice(0, -1).find((it) => ARCHIVE.test(it.raw));
    const { finalStage } = stage.model;
    if (!word || !finalStage || !isShipped(stage) || add.flags.some((it) => it.name === "unpack")) return;
    const name = ARCHIVE.exec(word.raw)?.[1] ?? "";
    for (const { instructions } of stagesDownFrom(finalStage))
      for (const it of instructions) {
        if (it.span.start <= add.span.start) continue;
        // A script, and a program that is started, may do it too.
        if (says(UNPACKS, it) || it.body.text.includes(name)) return;
      }
    // It may be what is wanted as it is, under another name or in a folder for downloads.
    const target = add.words.at(-1)?.raw ?? "";
    if (
      !target.endsWith("/") ||
      /download|archive|dist|cache|packages|sources|html|www|public|static|tmp/i.test(target)
    )
      return;
    report(word.span, "ADD does not unpack what it downloads, and nothing else does here.");
  },
});

const ARCHIVE = /^https?:\/\/\S+\/([\w.+-]+\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz|zip))$/;

const UNPACKS =
  /\b(?:tar|bsdtar|unzip|7z|rpmbuild|gunzip|unxz|bunzip2|zstd|cpio|jar|python|ruby|perl|node|php)\b|\.sh\b|\*|entrypoint/i;
