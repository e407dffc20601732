import { baseName, below, isWithin, joinPath, resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { SHELLS } from "../../../model/stage/started/start-step.ts";
import { wordValue } from "../../../model/stage/word-value.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import { matchesName } from "../../../text/glob.ts";
import { COMMON_FOLDERS } from "./copied.ts";

/** The file that an instruction put at a path of an image, as it was written. */
export interface FileOrigin {
  readonly text: string;
  /** Inside the build context; undefined for a here-document. */
  readonly contextPath: string | undefined;
  /** The COPY or ADD that took it from the context, in whatever stage. */
  readonly copy: Instruction;
  /** Stage of `copy`. */
  readonly stage: Stage;
  /** Has certainly nothing set another mode since? */
  readonly modeKept: boolean;
}

/**
 * What is at an absolute path in a stage before one of its instructions (at its end without one), where a COPY of a file or a
 * folder put it there and nothing since may have changed what it holds. Undefined for anything else.
 */
export function originOf(path: string, stage: Stage, before?: Instruction): FileOrigin | undefined {
  return originIn(path, stage, { before, stages: MOST_STAGES });
}

/** Where to begin, and how many stages further it may go. */
interface Search {
  readonly before?: Instruction | undefined;
  readonly stages: number;
}

function originIn(path: string, stage: Stage, { before, stages }: Search): FileOrigin | undefined {
  if (stages === 0) return undefined;
  const end = before ? stage.instructions.indexOf(before) : stage.instructions.length;
  let modeKept = true;
  const kept = (it: FileOrigin | undefined) => (it && !modeKept ? { ...it, modeKept } : it);
  for (let at = end - 1; at >= 0; at--) {
    const instruction = stage.instructions[at];
    if (!instruction || end - at > MOST_INSTRUCTIONS) return undefined;
    if (instruction.name === "RUN") {
      if (mayTouch(path, instruction, stage)) return undefined;
      modeKept &&= !setsModes(instruction, stage);
    }
    if (instruction.name !== "COPY" && instruction.name !== "ADD") continue;
    const found = copiedTo(path, instruction, stage, stages);
    if (found !== "elsewhere") return kept(found);
  }
  return stage.base.kind === "stage"
    ? kept(originIn(path, stage.base.stage, { stages: stages - 1 }))
    : undefined;
}

/** What was copied further up is not looked for, so that a long file costs no more than its length. */
const MOST_INSTRUCTIONS = 100;

/** Nor is what came through more stages than anybody writes. */
const MOST_STAGES = 100;

function mayTouch(path: string, run: Instruction, stage: Stage): boolean {
  const script = stage.commandsOf(run);
  if (!script?.complete) return true;
  return script.commands.some((it) => commandMayTouch(it, path));
}

function setsModes(run: Instruction, stage: Stage): boolean {
  return stage.commandsOf(run)?.commands.some(setsMode) !== false;
}

/** Does a command set modes of files? Which ones is not asked. */
export function setsMode({ name, arguments: words }: Command): boolean {
  return name?.literal === "chmod" || words.some((it) => it.literal === "chmod");
}

/** Does a command give the file to a program, or run one that changes many? Starting it as a program changes nothing. */
export function commandMayTouch({ name, arguments: words, redirections }: Command, path: string): boolean {
  const base = baseName(path);
  const program = name?.literal ?? "";
  if (MANY.has(program)) return true;
  if (redirections.length === 0 && (ATTRIBUTES.has(program) || readsScript(program, words))) return false;
  for (const { target } of redirections) if (target?.raw.includes(base)) return true;
  const movesFiles = program === "rm" || program === "mv" || program === "cp";
  for (const { raw } of words) if (raw.includes(base) || (movesFiles && isPattern(raw))) return true;
  return false;
}

/** `sh start.sh` does what starting it does. */
function readsScript(program: string, words: Command["arguments"]): boolean {
  return SHELLS.has(program) && !words.some((it) => /^-[a-z]*c$/.test(it.raw));
}

/** Those of caches and of what is for a while match no file of an author's. */
function isPattern(word: string): boolean {
  return word.includes("*") && !/^\/(var\/(lib|cache)|tmp)\//.test(word);
}

const MANY: ReadonlySet<string> = new Set(["dos2unix", "find", "xargs", "sed", "perl", "rsync"]);

/** They leave alone what a file holds. */
const ATTRIBUTES: ReadonlySet<string> = new Set(["chmod", "chown", "chgrp"]);

function copiedTo(
  path: string,
  copy: Instruction,
  stage: Stage,
  stages: number,
): FileOrigin | undefined | "elsewhere" {
  const last = copy.words.at(-1);
  const target = last && wordValue(last, copy, stage);
  const state = stage.before(copy);
  const to =
    target === undefined
      ? undefined
      : resolvePath(state.workdir.known ? state.workdir.value : undefined, target);
  if (target === undefined || to === undefined || copy.flags.some((it) => it.name === "parents"))
    return undefined;
  // Only a here-document may have a name that leads out of the folder.
  if (!isWithin(path, to) && copy.hereDocuments.length === 0) return "elsewhere";
  const sources = copy.words.slice(0, -1).map((it) => wordValue(it, copy, stage));
  const isInto =
    /(^|\/)\.{0,2}$/.test(target) ||
    sources.length > 1 ||
    state.fileAt(to)?.kind === "directory" ||
    COMMON_FOLDERS.test(to);
  const place = { to, isInto, copy, stage, stages };
  const names = sources.map((it) => (it === undefined ? undefined : matchedBy(it, path, place)));
  // What is copied into a folder may be the file or not, where its name is not known.
  if (names.includes(undefined)) return isWithin(path, to) ? undefined : "elsewhere";
  for (const source of names.flatMap((it) => it ?? [])) {
    const found = sourceAt(path, source, place);
    if (found !== "elsewhere") return found;
  }
  return "elsewhere";
}

/**
 * The sources that a word names of which one may be the file: of `package*.json` in a folder that can be seen those of the
 * file's name. Undefined where that is not known.
 */
function matchedBy(source: string, path: string, { isInto, copy, stage }: CopyPlace): string[] | undefined {
  if (!/[*?[\\]/.test(source)) return [source];
  const { context } = stage.model.inputs;
  const clean = resolvePath("/", source)?.slice(1) ?? "";
  const folder = clean.slice(0, clean.lastIndexOf("/") + 1);
  const pattern = baseName(`/${clean}`);
  const isSeen = context && isInto && copy.flags.every((it) => it.name !== "from" && it.name !== "exclude");
  if (!isSeen || !/^[\w.*?-]+$/.test(pattern) || !/^[\w./-]*$/.test(folder)) return undefined;
  // Folders are left open: of what they hold nothing has the file's own name here.
  const listed = context.list(folder.replace(/\/$/, ""));
  if (!listed || listed.some((it) => matchesName(it, pattern) && context.exists(folder + it) !== "file"))
    return undefined;
  return listed.filter((it) => it === baseName(path) && matchesName(it, pattern)).map((it) => folder + it);
}

interface CopyPlace {
  readonly to: string;
  readonly isInto: boolean;
  readonly copy: Instruction;
  readonly stage: Stage;
  readonly stages: number;
}

function sourceAt(path: string, source: string, place: CopyPlace): FileOrigin | undefined | "elsewhere" {
  const { to, isInto, copy, stage } = place;
  const { context } = stage.model.inputs;
  const document = copy.hereDocuments.find(
    (it) => source.replace(/^\d*<<-?\s*/, "").replace(/["'\\]/g, "") === it.name,
  );
  if (document) {
    const at = isInto ? joinPath(to, document.name) : to;
    if (at !== path) return "elsewhere";
    return document.expand && document.text.text.includes("$!")
      ? undefined
      : { text: document.text.text, contextPath: undefined, copy, stage, modeKept: true };
  }
  const from = copy.flags.find((it) => it.name === "from")?.value;
  const clean = resolvePath("/", source) ?? "/";
  const asFile = isInto ? joinPath(to, baseName(clean)) : to;
  if (from !== undefined) {
    const other = stage.model.findStage(from, stage);
    if (!isWithin(path, to) && path !== asFile) return "elsewhere";
    const inside = path === asFile ? clean : joinPath(clean, below(path, to));
    return other && originIn(inside, other, { stages: place.stages - 1 });
  }
  const kind = context?.exists(clean.slice(1)) ?? "unknown";
  if (kind === "directory" && isWithin(path, to)) {
    const inside = joinPath(clean, below(path, to)).slice(1);
    return context?.exists(inside) === "file" ? readIn(inside, place) : "elsewhere";
  }
  if (path !== asFile) return kind === "unknown" && isWithin(path, to) ? undefined : "elsewhere";
  return kind === "file" ? readIn(clean.slice(1), place) : undefined;
}

function readIn(contextPath: string, { copy, stage }: CopyPlace): FileOrigin | undefined {
  const text = stage.model.inputs.context?.read(contextPath);
  return text === undefined ? undefined : { text, contextPath, copy, stage, modeKept: true };
}
