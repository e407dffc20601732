import type { Instruction, Word } from "../../../syntax/dockerfile/tree.ts";
import { textOf } from "../../../text/span.ts";
import { joinPath, resolvePath } from "../paths.ts";
import { accountsIn } from "./accounts.ts";
import { destinationOf } from "./copy-destination.ts";
import { copyFromContext, copyNamedAlike, ofContext } from "./copy-from-context.ts";
import { contentsNamed, copyFrom } from "./copy-from-stage.ts";
import type { ContentsWalk, InstructionEffect } from "./instruction-effect.ts";

export const copy: InstructionEffect = {
  name: "COPY",
  change(instruction, walk) {
    copyFiles(instruction.words.slice(0, -1), instruction, walk);
  },
};

/** `sources` of the instruction's own words; here-documents among them are files of their own. */
export function copyFiles(sources: readonly Word[], instruction: Instruction, walk: ContentsWalk): void {
  const { changes, expand } = walk;
  const destination = destinationOf(instruction, walk);
  const from = instruction.flags.find((it) => it.name === "from")?.value;
  if (sources.length === 0) return;
  if (!destination || instruction.flags.some((it) => it.name === "parents")) {
    // The paths below the destination are those of the sources.
    changes.mayWriteBelow(destination?.path ?? "/", from === undefined ? ofContext(destination?.path) : {});
    return;
  }
  const filtered = instruction.flags.some((it) => it.name === "exclude");
  for (const word of sources) {
    const name = hereDocumentName(word.raw);
    const path = expand(word);
    const document =
      name === undefined ? undefined : instruction.hereDocuments.find((it) => it.name === name);
    if (document) {
      const target = destination.isDirectory ? joinPath(destination.path, document.name) : destination.path;
      const accounts = accountsIn(
        target,
        textOf(walk.stage.model.file.text, document.content),
        changes.reason,
      );
      changes.write(target, "file", { content: document, ...(accounts && { origin: accounts }) });
    } else if (path !== undefined && from === undefined && copyNamedAlike(path, destination, filtered, walk))
      continue;
    else if (path === undefined || /[*?[]/.test(path))
      changes.mayWriteBelow(destination.path, from === undefined ? ofContext(destination.path) : {});
    else if (from !== undefined)
      copyFrom(contentsNamed(from, walk), resolvePath("/", path) ?? "/", destination, changes, filtered);
    else copyFromContext(walk.inputs.context, path, destination, changes, filtered);
  }
}

const HERE_DOCUMENT = /^\d*<<-?\s*(.+)$/;

function hereDocumentName(raw: string): string | undefined {
  return HERE_DOCUMENT.exec(raw)?.[1]?.replace(/["'\\]/g, "");
}
