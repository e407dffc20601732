import { wordValue } from "../../model/stage/word-value.ts";
import { flagsOf } from "../../syntax/dockerfile/known-flags.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type Fix, instructionRule } from "../rule.ts";

export const urlInCopy = instructionRule({
  id: "url-in-copy",
  title: "COPY of a URL",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports COPY whose source is an HTTP address or a git repository, \`git@host:path\` included.`,
    why: source`
      COPY takes files of the build context and of stages; it fetches nothing, and the build ends with "source can't be a URL for
      COPY". ADD downloads and clones.`,
    bad: source`
      FROM alpine:3.24
      COPY https://example.com/ca.pem /etc/ssl/
           ^^^^^^^^^^^^^^^^^^^^^^^^^^ url-in-copy: COPY fetches nothing; ADD does.`,
    good: source`
      FROM alpine:3.24
      ADD https://example.com/ca.pem /etc/ssl/`,
  },

  instructions: ["COPY"],
  triggers: true,

  check(instruction, stage, report) {
    for (const word of instruction.words.slice(0, -1)) {
      if (!MAY_BE_FETCHED.test(word.raw)) continue;
      const value = wordValue(word, instruction, stage);
      if (value === undefined || !FETCHED.test(value)) continue;
      const addFlags = flagsOf("ADD");
      const isLower =
        stage.model.file.text.slice(instruction.keyword.start, instruction.keyword.end) === "copy";
      const edits = [replace(instruction.keyword, isLower ? "add" : "ADD")];
      const fixes: readonly Fix[] = instruction.flags.every((it) => addFlags.has(it.name))
        ? [{ kind: "unsafe", title: "Replace COPY with ADD", edits }]
        : [];
      report(word.span, "COPY fetches nothing; ADD does.", { fixes });
      return;
    }
  },
});

/** Cheap: most sources are names of files. */
const MAY_BE_FETCHED = /[:$]/;

/**
 * What BuildKit refuses as a source of COPY: addresses of HTTP, in lower case, and of git (dispatchCopy and gitutil, read 2026-11;
 * tried with Docker 28.5). Any other scheme is a path to it.
 */
const FETCHED = /^(?:(?:https?|ssh|git):\/\/|[A-Za-z0-9_-]+@[A-Za-z0-9.-]+:)/;
