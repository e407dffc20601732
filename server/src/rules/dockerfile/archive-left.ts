import { notedOnModel } from "../../model/stage/dockerfile-model.ts";
import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { saysText } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { type Command, notedOnScript, type ShellWord } from "../../syntax/shell/script.ts";
import { firstWhere } from "../../text/sorted.ts";
import { source } from "../../text/source.ts";
import { isInFrontOf } from "../knowledge/shell/script-flow.ts";
import { fewTimes } from "../knowledge/stages/few-times.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { appendCommand } from "../writing/commands/append-command.ts";

/**
 * What else takes a downloaded file apart and leaves it where it is: which words ask for that, and which one names the file
 * (dpkg(1), apt-get(8), rpm(8), dnf(8), apk-add(8), 7z, jar, Python's zipfile, gunzip(1); read 2026-11).
 */
const READERS: ReadonlyMap<string, { readonly asks: RegExp; readonly file: RegExp }> = new Map([
  ["dpkg", { asks: /^(-\w*i|--install|-x|--unpack)$/, file: /\.deb$/ }],
  ...["apt-get", "apt"].map((it) => [it, { asks: /^install$/, file: /\/[^/]*\.deb$/ }] as const),
  ["rpm", { asks: /^(-\w*[iU]\w*|--install|--upgrade)$/, file: /^[^:]*\.rpm$/ }],
  ...["dnf", "yum", "microdnf", "zypper"].map(
    (it) => [it, { asks: /^(install|localinstall|in)$/, file: /^[^:]*\.rpm$/ }] as const,
  ),
  ["apk", { asks: /^add$/, file: /\.apk$/ }],
  ...["7z", "7za", "7zr"].map((it) => [it, { asks: /^[xe]$/, file: /\.(7z|zip|tar|exe)$/ }] as const),
  ["jar", { asks: /^-?x\w*f?$|^--extract$/, file: /\.(jar|war|zip)$/ }],
  ...["python", "python3"].map((it) => [it, { asks: /^(-e|--extract)$/, file: /\.(zip|whl)$/ }] as const),
  ...["gunzip", "unxz", "bunzip2", "unzstd"].map(
    (it) => [it, { asks: /^(-\w*k\w*|--keep)$/, file: /\.(gz|xz|bz2|zst)$/ }] as const,
  ),
  ...["sh", "bash"].map(
    (it) =>
      [it, { asks: /./, file: /\.run$|(^|\/)(mini(conda|forge)|anaconda|mambaforge)[\w.-]*\.sh$/i }] as const,
  ),
]);

export const archiveLeft = commandRule({
  id: "archive-left",
  title: "Downloaded archive or package left beside what came out of it",
  severity: "info",
  tags: ["size"],
  aliases: [],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports an archive, a package (\`.deb\`, \`.rpm\`, \`.apk\`) or an installer (\`.run\`, Miniconda's script) that a RUN of the final
      stage downloads and unpacks or installs, and leaves in the image. Silent for directories that are mounted, and where a command of
      the RUN may have removed it.`,
    why: source`
      The image carries the same files twice, packed and unpacked. Removing the archive in a later RUN frees nothing.`,
    bad: source`
      FROM alpine:3.24
      RUN wget https://example.com/tool.tar.gz && tar -xzf tool.tar.gz -C /opt
                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ archive-left: tool.tar.gz stays in the image.`,
    good: source`
      FROM alpine:3.24
      RUN wget https://example.com/tool.tar.gz && tar -xzf tool.tar.gz -C /opt && rm tool.tar.gz`,
  },
  programs: ["tar", "bsdtar", "unzip", ...READERS.keys()],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    // What stands on a stage may use what it holds.
    if (instruction.name !== "RUN" || !script.complete || !stage.isFinal) return;
    const archive = archiveOf(call);
    if (archive === undefined) return;
    const name = baseName(archive);
    // Most are removed, which the script alone tells.
    if (mayBeRemoved(name, call)) return;
    const download = downloadOf(archive, call);
    if (!download || !isLookedFor(stage.model) || isNamedBehind(name, run, stage)) return;
    const isLeft = archive.includes("$") ? isLeftByName(download, call) : isLeftAs(name, call);
    if (!isLeft && !(OPAQUE.test(call.program) && isListed(stage.model) && isPlainBehind(call))) return;
    const edit = removal(archive, download, call);
    const fixes: readonly Fix[] = edit
      ? [{ kind: "safe", title: `Remove ${name} in the same RUN`, edits: [edit] }]
      : [];
    report(command.span, `${name} stays in the image.`, {
      related: [{ message: "It is downloaded here.", span: download.span }],
      fixes: run.exec ? [] : fixes,
    });
  },
});

function isLeftAs(name: string, { instruction, stage }: CommandCall): boolean {
  return (
    isListed(stage.model) &&
    stage
      .after(instruction)
      .files.some((it) => it.writtenBy === instruction && it.kind === "file" && baseName(it.path) === name)
  );
}

/** Whatever the variables in the name are: it is there to be unpacked, and nothing in the RUN removes or moves anything. */
function isLeftByName(download: Command, { command, script, run }: CommandCall): boolean {
  const isCertain = !command.conditional && !download.conditional && run.flags.length === 0;
  return isCertain && !removalsIn(script).isAny;
}

/** Of these nothing more is known than that they leave the file they are given. */
const OPAQUE = /^(rpm|jar|sh|bash)$/;

function isPlainBehind({ command, script }: CommandCall): boolean {
  const behind = script.commands.slice(script.commands.indexOf(command) + 1);
  return behind.every(({ name }) =>
    /^(rm|ln|echo|printf|mkdir|chmod|chown|export|conda|dnf|yum|rpm)$|\/conda$/.test(name?.literal ?? ""),
  );
}

const isLookedFor = fewTimes(notedOnModel, 1000);
const isListed = fewTimes(notedOnModel, 100);

/** What a later instruction names is there for it; a comment needs no file. */
function isNamedBehind(name: string, run: Instruction, { model, instructions }: Stage): boolean {
  const { end } = run.span;
  if (!model.file.text.includes(name, end)) return false;
  for (let at = firstWhere(instructions, (it) => it.span.start > end); at < instructions.length; at++) {
    const behind = instructions[at];
    if (behind && saysText(name, behind)) return true;
    if (behind?.hereDocuments.some((it) => it.text.text.includes(name))) return true;
  }
  return false;
}

/** A word as it is, or with the variables in it by their names. */
function nameOf({ literal, raw }: ShellWord): string | undefined {
  if (literal !== undefined) return literal;
  const [, text = raw] = /^"([^"]*)"$/.exec(raw) ?? [];
  return /^(?:[\w./:@%+-]|\$\w|\$\{\w+\})+$/.test(text) ? text : undefined;
}

/** The archive that is read; undefined for standard input and where one is made or listed. */
function archiveOf({ program, command: { arguments: words } }: CommandCall): string | undefined {
  const literals = words.map(nameOf);
  const reader = READERS.get(program);
  if (reader) {
    const isAsked = literals.some((it) => it !== undefined && reader.asks.test(it));
    if (/^python/.test(program) && !literals.includes("zipfile")) return undefined;
    return isAsked
      ? literals.find((it) => it !== undefined && !it.startsWith("-") && reader.file.test(it))
      : undefined;
  }
  if (program === "unzip") {
    const isPrinted = literals.some((it) => it !== undefined && /^-[a-zA-Z]*[lptvZ]/.test(it));
    return isPrinted ? undefined : literals.find((it) => it?.endsWith(".zip"));
  }
  const letters = literals
    .filter((it, index) => it !== undefined && (/^-[a-zA-Z]+$/.test(it) || index === 0))
    .join("");
  const isRead = literals.includes("--extract") || /x/.test(letters);
  return isRead ? literals.find((it) => it !== undefined && ARCHIVE.test(it)) : undefined;
}

const ARCHIVE = /^[^-].*\.(tar|tgz|tbz2?|txz|tar\.\w+)$|^[^-.\s/]+\.(tgz|tar)$/;

/** The command of this RUN that downloads it. */
function downloadOf(archive: string, { script, command }: CommandCall): Command | undefined {
  const first = downloadsIn(script).get(baseName(archive));
  return first && isInFrontOf(first, command, script) ? first : undefined;
}

/** The first command that downloads something of a name. */
const downloadsIn = notedOnScript(({ commands }): ReadonlyMap<string, Command> => {
  const downloads = new Map<string, Command>();
  for (const command of commands) {
    if (!/^(curl|wget)$/.test(command.name?.literal ?? "")) continue;
    for (const word of [
      ...command.arguments,
      ...command.redirections.flatMap(({ target }) => target ?? []),
    ]) {
      const text = nameOf(word);
      const name = text === undefined ? undefined : baseName(text.replace(/[?#].*$/, ""));
      if (name !== undefined && !downloads.has(name)) downloads.set(name, command);
    }
  }
  return downloads;
});

/** By a name put together, a pattern, or the folder that it is in. */
function mayBeRemoved(name: string, { script }: CommandCall): boolean {
  const { isOpen, names } = removalsIn(script);
  return isOpen || names.has(name);
}

interface Removals {
  /** Does any command remove or move something? */
  readonly isAny: boolean;
  /** Anything may be among them. */
  readonly isOpen: boolean;
  readonly names: ReadonlySet<string>;
}

const removalsIn = notedOnScript(({ commands }): Removals => {
  const names = new Set<string>();
  let isAny = false;
  for (const command of commands) {
    if (!/^(rm|mv|find|xargs|unlink|shred)$/.test(command.name?.literal ?? "")) continue;
    isAny = true;
    for (const { literal, raw } of command.arguments) {
      if (literal === undefined && OTHER_FOLDERS.test(raw)) continue;
      if (literal === undefined || /\/$|^\.$/.test(literal)) return { isAny, isOpen: true, names };
      names.add(baseName(literal));
    }
  }
  return { isAny, isOpen: false, names };
});

/** Patterns in folders to which nobody downloads. */
const OTHER_FOLDERS = /^\/(var\/(lib|cache|log)|usr\/share|etc)\/[\w./-]*\*$/;

/** Only where the directory is the same when the archive is read and when it is removed. */
function removal(archive: string, download: Command, { command, script, run, stage }: CommandCall) {
  const name = baseName(archive);
  const behind = script.commands.slice(script.commands.indexOf(command) + 1);
  if (behind.some((it) => it.arguments.some(({ raw }) => raw.includes(name)))) return undefined;
  const isSimple = /^[\w./@+${}-]+$/.test(archive) && !command.subshell && !download.conditional;
  return isSimple ? appendCommand(`rm ${archive}`, command, script, run, stage) : undefined;
}
