import { isWithin, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { saysText } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import {
  isOwnershipChange,
  type OwnershipChange,
  readOwnershipChange,
} from "../knowledge/commands/ownership.ts";
import { type Copied, whatIsCopied } from "../knowledge/files/copied.ts";
import { isSameAnywhere } from "../knowledge/files/directory-needs.ts";
import { installedBy } from "../knowledge/packages/installed-folders.ts";
import { withEnvironment } from "../knowledge/shell/with-environment.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { type Fix, type Report, stageRule } from "../rule.ts";
import { holdsComment, removeLines } from "../writing/dockerfile/lines.ts";

export const copyThenChown = stageRule({
  id: "copy-then-chown",
  title: "Copied files stored a second time to change owner or mode",
  severity: "warning",
  tags: ["size"],
  aliases: ["prefer-copy-chmod"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`RUN chown\` and \`RUN chmod\` on exactly what a COPY or ADD of the same stage put there, and \`chown -R\` of a folder in
      which another RUN installed dependencies or a COPY without an owner put a folder, in a stage that is shipped.`,
    why: source`
      Layers hold whole files. Changing the owner or the mode of a file in a later layer stores the file again, so
      the image grows by its size. \`COPY --chown\` and \`COPY --chmod\` set both while copying.`,
    bad: source`
      FROM alpine:3.24
      COPY api /usr/local/bin/api
      RUN chmod 755 /usr/local/bin/api
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copy-then-chown: This stores /usr/local/bin/api a second time.`,
    good: source`
      FROM alpine:3.24
      COPY --chmod=755 api /usr/local/bin/api`,
  },
  onlyWith: { programs: ["chown", "chmod"] },

  check(stage, report) {
    if (!isShipped(stage)) return;
    for (const run of stage.instructions) {
      if (run.name !== "RUN") continue;
      const script = stage.commandsOf(run);
      const commands = (script?.commands ?? []).map((it) =>
        script && isOwnershipChange(it) ? withEnvironment(it, script, run, stage) : it,
      );
      // A layer holds a file once, whatever is changed of it.
      const told = new Set<string>();
      for (const command of commands) {
        const change = readOwnershipChange(command);
        const stored = change && copiedBefore(change, run, stage);
        if (change && !stored && !isRewritten(change, commands))
          checkBelow(change, command, run, stage, report);
        if (!change || !stored || isRewritten(change, commands)) continue;
        if (stored.paths.every((it) => told.has(it))) continue;
        for (const it of stored.paths) told.add(it);
        report(command.span, `This stores ${stored.paths.join(" and ")} a second time.`, {
          related: [{ message: "It was copied here.", span: stored.copy.span }],
          fixes:
            commands.length === 1 && run.hereDocuments.length === 0
              ? fixesOf(change, stored, run, stage)
              : [],
        });
      }
    }
  },
});

/** `sed -i … /run.sh && chmod +x /run.sh`: the file is stored again in any case. */
function isRewritten({ paths }: OwnershipChange, commands: readonly Command[]): boolean {
  return commands.some(
    ({ name, arguments: words }) =>
      REWRITING.has(name?.literal ?? "") && words.some((it) => paths.includes(it.literal ?? it.raw)),
  );
}

const REWRITING: ReadonlySet<string> = new Set(["dos2unix", "patch", "perl", "sed", "strip", "upx"]);

interface Stored {
  readonly copy: Instruction;
  readonly copied: Copied;
  /** What is changed, absolute. */
  readonly paths: readonly string[];
}

/** The COPY that put there what is changed, if that is nothing but what it copied. */
function copiedBefore(change: OwnershipChange, run: Instruction, stage: Stage): Stored | undefined {
  const { workdir } = stage.before(run);
  if (!workdir.known) return undefined;
  const paths = change.paths.flatMap((it) => resolvePath(workdir.value, it) ?? []);
  const end = stage.instructions.indexOf(run);
  for (let at = end - 1; at >= Math.max(0, end - MOST_INSTRUCTIONS); at--) {
    const copy = stage.instructions[at];
    if (!copy) break;
    const copied = copy.name === "COPY" || copy.name === "ADD" ? whatIsCopied(copy, stage) : undefined;
    if (!copied) continue;
    // Without -R a directory changes alone, which stores no file.
    const isContent = change.recursive && paths.length === 1 && paths[0] === copied.directory;
    const areFiles = (copied.areFiles || change.recursive) && paths.every((it) => copied.files.includes(it));
    if (isContent || areFiles) return { copy, copied, paths };
  }
  return undefined;
}

/** `chown -R` of a folder that holds more than one COPY brought: the first of what is heavy in it. */
function checkBelow(
  change: OwnershipChange,
  command: Command,
  run: Instruction,
  stage: Stage,
  report: Report,
): void {
  const { workdir } = stage.before(run);
  const [path] = change.paths.flatMap(
    (it) => resolvePath(workdir.known ? workdir.value : undefined, it) ?? [],
  );
  if (!change.recursive || change.user === undefined || change.paths.length > 1 || path === undefined) return;
  const end = stage.instructions.indexOf(run);
  for (const it of stage.instructions.slice(Math.max(0, end - MOST_INSTRUCTIONS), end)) {
    const below = folderBelow(path, it, stage);
    if (below === undefined) continue;
    report(command.span, `This stores ${below} a second time.`, {
      related: [
        { message: it.name === "RUN" ? "It was installed here." : "It was copied here.", span: it.span },
      ],
      fixes: [],
    });
    return;
  }
}

/** A folder in `path` that an instruction fills, and leaves to root. */
function folderBelow(path: string, instruction: Instruction, stage: Stage): string | undefined {
  const { name, flags } = instruction;
  if (name === "RUN") {
    const { user } = stage.before(instruction);
    const isRoot = user.known && /^(root|0)?(:.*)?$/.test(user.value.name);
    const isPlain = flags.every((it) =>
      it.fields.every((field) => field.name !== "target" || !isWithin(field.value ?? "", path)),
    );
    const [installed] =
      isRoot && isPlain ? installedBy(instruction, stage).filter((it) => isWithin(it.path, path)) : [];
    return installed?.path;
  }
  if (name !== "COPY" || flags.some((it) => it.name === "chown")) return undefined;
  const directory = whatIsCopied(instruction, stage)?.directory;
  return directory !== undefined && isWithin(directory, path) && bringsFolder(instruction)
    ? directory
    : undefined;
}

/** Single files are too small to speak of, but for archives of programs. */
function bringsFolder({ words }: Instruction): boolean {
  return words.slice(0, -1).some(({ raw }) => /^\.?\/?$|(^|\/)[^.*?]+$|\.(jar|war|whl)$/.test(raw));
}

/** What was copied further up is not looked for, so that a long file costs no more than its length. */
const MOST_INSTRUCTIONS = 100;

function fixesOf(
  change: OwnershipChange,
  { copy, copied, paths }: Stored,
  run: Instruction,
  stage: Stage,
): Fix[] {
  const { file } = stage.model;
  const flag = flagFor(change, copy, stage);
  const coversAll = copied.files.every((it) => paths.includes(it)) || paths[0] === copied.directory;
  if (!flag || !coversAll || copy.flags.some((it) => it.name === flag.name)) return [];
  if (run.flags.length > 0 || holdsComment(file, run.span)) return [];
  const { directory } = copied;
  const isContent = change.recursive && directory !== undefined && paths[0] === directory;
  if (isContent && isWrittenBesides(directory, copy, run, stage)) return [];
  // A directory that was there before keeps its owner with the flag, and loses it with `chown -R`.
  const isSame = flag.isSame && copied.areFiles && paths.every((it) => copied.files.includes(it));
  return [
    {
      kind: isSame ? "safe" : "unsafe",
      title: `Use ${copy.name} --${flag.name}=${flag.value}`,
      edits: [insert(copy.keyword.end, ` --${flag.name}=${flag.value}`), removeLines(file, run)],
    },
  ];
}

/**
 * May anything but this COPY have put something into the directory? Its owner has to be changed too: another COPY, a
 * RUN that names the directory or that starts in it, and the stage below.
 */
function isWrittenBesides(directory: string, copy: Instruction, run: Instruction, stage: Stage): boolean {
  if (stage.base.kind === "stage" && stage.initial.hasPath(directory).is !== "no") return true;
  const end = stage.instructions.indexOf(run);
  if (end > MOST_INSTRUCTIONS) return true;
  for (const it of stage.instructions.slice(0, end)) {
    if (it === copy) continue;
    const { workdir } = stage.before(it);
    const from = workdir.known ? workdir.value : undefined;
    if (it.name === "COPY" || it.name === "ADD") {
      const target = resolvePath(from, it.words.at(-1)?.raw ?? "");
      if (target === undefined || isWithin(target, directory)) return true;
    }
    if (it.name !== "RUN") continue;
    if (saysText(directory, it) || namesByVariable(directory, it, stage)) return true;
    const isThere = from === undefined || isWithin(from, directory);
    if (isThere && !isSameAnywhere(stage.scriptOf(it))) return true;
  }
  return false;
}

/** Does a RUN use a variable that holds the directory, or one in it? */
function namesByVariable(directory: string, run: Instruction, stage: Stage): boolean {
  const before = stage.before(run);
  for (const [, name = ""] of run.body.text.matchAll(/\$\{?([A-Za-z_]\w*)/g)) {
    const path = before.variable(name);
    if (path.known && path.value.startsWith("/") && isWithin(path.value, directory)) return true;
  }
  return false;
}

interface CopyFlag {
  readonly name: "chown" | "chmod";
  readonly value: string;
  /** Does the flag do just what the command did? */
  readonly isSame: boolean;
}

function flagFor(
  { mode, user, group }: OwnershipChange,
  copy: Instruction,
  stage: Stage,
): CopyFlag | undefined {
  if (group === "") return undefined;
  if (mode !== undefined) {
    if (/^0?[0-7]{3,4}$/.test(mode)) return { name: "chmod", value: mode, isSame: true };
    // Files come from the context with 0644, as git and editors leave them; a download comes with 0600.
    const isDownload = copy.name === "ADD" && /^https?:/.test(copy.words[0]?.raw ?? "");
    return /^(a|ugo)?\+(x|rx)$/.test(mode) ? { name: "chmod", value: "755", isSame: !isDownload } : undefined;
  }
  const state = stage.before(copy);
  // COPY takes a name that it does not find for root, without a word.
  const isFound = user !== undefined && (isId(user) || state.hasUser(user).is === "yes");
  const isGroupFound = group === undefined || isId(group) || state.hasGroup(group).is === "yes";
  if (!isFound || !isGroupFound) return undefined;
  // Without a group COPY sets the user's number for it, where `chown` leaves root's.
  return { name: "chown", value: `${user}:${group ?? "0"}`, isSame: true };
}

function isId(name: string): boolean {
  return /^\d+$/.test(name);
}
