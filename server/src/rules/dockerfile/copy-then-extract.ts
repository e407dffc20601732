import { baseName, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";
import { replace, type TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { EXTRACTING, type Extraction, readExtraction } from "../knowledge/commands/extraction.ts";
import { type Fix, stageRule } from "../rule.ts";
import { removeCommands } from "../writing/commands/remove-commands.ts";

export const copyThenExtract = stageRule({
  id: "copy-then-extract",
  title: "Archive copied to be unpacked by RUN",
  severity: "info",
  tags: ["size", "clarity"],
  aliases: ["DL3010"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports COPY of a tar archive that a later RUN of the stage unpacks as it is. Archives that ADD does not unpack (zip, a single
      file that is compressed) do not count, and neither does an extraction that takes parts or changes paths.`,
    why: source`
      The archive stays in the layer of the COPY, even if the RUN removes it, so the image holds everything twice.
      ADD unpacks a local tar archive on its way and stores only what is in it.`,
    bad: source`
      FROM debian:trixie-slim
      COPY rootfs.tar.gz /tmp/
           ^^^^^^^^^^^^^ copy-then-extract: A RUN unpacks this archive; ADD does that and leaves no archive behind.
      RUN tar -xzf /tmp/rootfs.tar.gz -C / && rm /tmp/rootfs.tar.gz`,
    good: source`
      FROM debian:trixie-slim
      ADD rootfs.tar.gz /`,
  },
  onlyWith: { programs: EXTRACTING, instructions: ["COPY"] },

  check(stage, report) {
    let offered = 0;
    const copied = new Map<string, { readonly copy: Instruction; readonly word: Word }>();
    for (const instruction of stage.instructions) {
      if (instruction.name === "COPY")
        for (const { name, word } of archivesOf(instruction)) copied.set(name, { copy: instruction, word });
      if (instruction.name !== "RUN" || copied.size === 0) continue;
      const script = stage.commandsOf(instruction);
      for (const command of script?.commands ?? []) {
        const extraction = readExtraction(command);
        const archive = extraction && nameOf(extraction.archive);
        const found = archive === undefined ? undefined : copied.get(archive);
        if (!script || !extraction || archive === undefined || !found) continue;
        copied.delete(archive);
        report(found.word.span, "A RUN unpacks this archive; ADD does that and leaves no archive behind.", {
          related: [{ message: "It is unpacked here.", span: command.span }],
          fixes:
            offered++ < MOST_OFFERED
              ? fixesOf(found.copy, extraction, { command, script, run: instruction }, stage)
              : [],
        });
      }
    }
  },
});

/** Each fix looks for other uses of its archive through the whole file. */
const MOST_OFFERED = 20;

/** Archives that a COPY takes from the context, under the names that they have then. */
function archivesOf({ words, flags, hereDocuments }: Instruction): { name: string; word: Word }[] {
  const target = words.at(-1);
  if (!target || hereDocuments.length > 0 || flags.some((it) => it.name === "from")) return [];
  const sources = words.slice(0, -1);
  const [only] = sources;
  const own = nameOf(target.raw);
  if (only && ARCHIVE.test(own)) return [{ name: own, word: only }];
  return sources
    .map((word) => ({ name: nameOf(word.raw), word }))
    .filter(({ name }) => ARCHIVE.test(name) && !/[*?[$]/.test(name));
}

const ARCHIVE = /\.(tar(\.(gz|bz2|xz|zst|lz|lzma|Z))?|t?gz|tbz2?|tb2|t?xz|bz2|tlz|tpz|tZ)$/;

/** What BuildKit's ADD can read (moby/go-archive: gzip, bzip2, xz and zstd; read 2026-11). */
const UNPACKED_BY_ADD = /\.(tar(\.(gz|bz2|xz|zst))?|tgz|tbz2?|tb2|txz)$/;

/** The last part of a path of either system, without quotes. */
function nameOf(path: string): string {
  return baseName(path.replaceAll(/["']/g, "").replaceAll("\\", "/"));
}

interface Place {
  readonly command: Command;
  readonly script: Script;
  readonly run: Instruction;
}

function fixesOf(
  copy: Instruction,
  extraction: Extraction,
  { command, script, run }: Place,
  stage: Stage,
): Fix[] {
  const { words, flags } = copy;
  const target = words.at(-1);
  const name = nameOf(extraction.archive);
  const { workdir } = stage.before(run);
  const here = workdir.known && !changesDirectory(script) ? workdir.value : undefined;
  const directory = resolvePath(here, extraction.directory ?? ".");
  if (!target || words.length !== 2 || flags.length > 0 || directory === undefined) return [];
  if (!UNPACKED_BY_ADD.test(words[0]?.raw ?? "") || !/^[\w./-]+$/.test(directory)) return [];
  // The archive must not be asked for again; an `rm` right behind goes with the extraction.
  const at = script.commands.indexOf(command);
  const next = script.commands[at + 1];
  const removal = next?.name?.literal === "rm" && next.arguments.filter((it) => !it.raw.startsWith("-"));
  const isOnlyRemoval = removal && removal.length === 1 && nameOf(removal[0]?.raw ?? "") === name;
  const gone = isOnlyRemoval ? [command, next] : [command];
  const text = stage.model.file.text;
  const uses = text.split(name).length - 1;
  const own = [words[0]?.raw, target.raw, extraction.archive, ...(isOnlyRemoval ? [removal[0]?.raw] : [])];
  if (uses !== own.filter((it) => it?.includes(name)).length) return [];
  const edit = removeCommands(gone, script, run, stage);
  if (!edit) return [];
  const edits: TextEdit[] = [
    replace(copy.keyword, "ADD"),
    replace(target.span, directory === "/" ? "/" : `${directory}/`),
    edit,
  ];
  return [{ kind: "unsafe", title: "Use ADD", edits }];
}

function changesDirectory({ commands }: Script): boolean {
  return commands.some((it) => /^(cd|pushd)$/.test(it.name?.literal ?? ""));
}
