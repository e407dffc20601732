import { type AddSource, addSource } from "../../model/stage/add-source.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import { readHead } from "../../syntax/dockerfile/here-documents.ts";
import { flagsOf } from "../../syntax/dockerfile/known-flags.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type Fix, instructionRule } from "../rule.ts";

export const preferCopy = instructionRule({
  id: "prefer-copy",
  title: "ADD where COPY is enough",
  severity: "warning",
  tags: ["clarity", "reproducible"],
  aliases: ["DL3020", "CKV_DOCKER_4", "DS-0005", "CIS-DI-0009", "S7029"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports ADD of local files and folders. It is silent about URLs, git repositories and archives, about sources
      that a variable or a pattern may make such, and where a flag is used that COPY does not have.`,
    why: source`
      ADD also downloads, clones and unpacks, depending on what its source happens to be: a file that becomes an archive
      one day is unpacked without a word. COPY does one thing.`,
    bad: source`
      FROM alpine:3.24
      ADD conf /etc/app/
      ^^^ prefer-copy: COPY is enough for local files and folders.`,
    good: source`
      FROM alpine:3.24
      COPY conf /etc/app/
      ADD rootfs.tar.gz /
      ADD https://example.com/ca.pem /etc/ssl/`,
  },

  instructions: ["ADD"],
  triggers: true,

  check(instruction, stage, report) {
    const words = instruction.words.slice(0, -1);
    const copyFlags = flagsOf("COPY");
    if (words.length === 0 || instruction.flags.some((it) => !copyFlags.has(it.name))) return;
    const kinds = words.map((it) => kindOf(it, instruction, stage));
    if (!kinds.includes("local")) return;
    const fixes: Fix[] = kinds.every((it) => it === "local")
      ? [
          {
            kind: isPlain(words) ? "safe" : "unsafe",
            title: "Replace ADD with COPY",
            edits: [inCase(instruction, stage)],
          },
        ]
      : [];
    report(instruction.keyword, "COPY is enough for local files and folders.", { fixes });
  },
});

function kindOf(word: Word, instruction: Instruction, stage: Stage): AddSource {
  if (readHead(word.raw)) return "unknown";
  const value = wordValue(word, instruction, stage) ?? word.raw.replace(/^["']|["']$/g, "");
  return addSource(value);
}

/** A variable or a pattern may stand for an archive in some builds, which COPY would not unpack. */
function isPlain(words: readonly Word[]): boolean {
  return words.every((it) => !/[$*?[\]]/.test(it.raw));
}

function inCase({ keyword }: Instruction, { model }: Stage) {
  const isLower = model.file.text.slice(keyword.start, keyword.end) === "add";
  return replace(keyword, isLower ? "copy" : "COPY");
}
