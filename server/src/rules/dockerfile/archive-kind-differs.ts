import { resolvePath } from "../../model/stage/paths.ts";
import type { Command, ShellWord } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { directoryOfCommand } from "../knowledge/commands/command-directory.ts";
import { feederOf } from "../knowledge/shell/script-flow.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";

export const archiveKindDiffers = commandRule({
  id: "archive-kind-differs",
  title: "Archive that tar is told to uncompress in another way",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`tar xz\` of a \`.tar.xz\`, \`tar xj\` of a \`.tar.gz\` and the like, where the archive is downloaded from an address with that ending in the same RUN,
      piped or to a file, or copied from the build context.`,
    why: source`
      \`z\` is gzip, \`j\` is bzip2 and \`J\` is xz, and tar takes the option's word for it: "gzip: stdin: not in gzip format", or "invalid
      magic", and the build ends. From a file tar finds out by itself when no such option is given.`,
    context: { "tool.tar.xz": "" },
    bad: source`
      FROM debian:trixie
      RUN apt-get update && apt-get install -y --no-install-recommends xz-utils && rm -rf /var/lib/apt/lists/*
      COPY tool.tar.xz /tmp/
      RUN tar -xzf /tmp/tool.tar.xz -C /usr/local
              ^^^^ archive-kind-differs: /tmp/tool.tar.xz is compressed by xz, and z stands for gzip.`,
    good: source`
      FROM debian:trixie
      RUN apt-get update && apt-get install -y --no-install-recommends xz-utils && rm -rf /var/lib/apt/lists/*
      COPY tool.tar.xz /tmp/
      RUN tar -xJf /tmp/tool.tar.xz -C /usr/local`,
  },
  programs: ["tar"],

  check(call, report) {
    const { command, script, run, stage } = call;
    const extraction = extractionOf(command);
    if (!extraction || !script.complete) return;
    const { group, letter, file } = extraction;
    const name = file ? file.literal : onlyUrl(feederOf(command, script))?.raw;
    const kind = name === undefined ? undefined : kindOf(name);
    if (name === undefined || kind === undefined || kind === letter) return;
    if (file && !isOfThatKind(file, kind, call)) return;
    const failure = failureOf(command, script, run, stage);
    if (failure === "allowed") return;
    const what = file ? name : name.replace(/^.*\//, "").replace(/["']$/, "");
    report(
      group.span,
      `${what} is compressed by ${PROGRAMS[kind]}, and ${letter} stands for ${PROGRAMS[letter]}.`,
      {
        severity: failure === "stops" ? "error" : "warning",
        fixes: fixesOf(group, letter, kind),
      },
    );
  },
});

type Letter = "z" | "j" | "J";

const PROGRAMS = { z: "gzip", j: "bzip2", J: "xz" } as const;

interface Extraction {
  /** The options that hold the letter: `-xzf`. */
  readonly group: ShellWord;
  readonly letter: Letter;
  /** Undefined for what is piped in. */
  readonly file: ShellWord | undefined;
}

/** Of one group of options, which GNU tar and BusyBox's read alike (tried on both, 2026-11-28); undefined for any other call. */
function extractionOf({ arguments: words }: Command): Extraction | undefined {
  const at = words.findIndex((it) => /^-?[xvpomkzjJf]*x[xvpomkzjJf]*$/.test(it.literal ?? ""));
  const group = words[at];
  const letters = [...(group?.literal ?? "")].filter((it): it is Letter => /[zjJ]/.test(it));
  const [letter, ...more] = letters;
  // Only the first word may do without a dash.
  if (!group || letter === undefined || more.length > 0) return undefined;
  if (at > 0 && !group.literal?.startsWith("-")) return undefined;
  if (words.some((it, index) => index !== at && OTHER_WAY.test(it.raw))) return undefined;
  const takesFile = group.literal?.includes("f") === true;
  // The letter for the file has to be the last, or it is not followed by its name.
  if (takesFile && group.literal?.startsWith("-") && !group.literal.endsWith("f")) return undefined;
  const file = takesFile ? words[at + 1] : undefined;
  return { group, letter, file: file?.raw === "-" ? undefined : file };
}

const OTHER_WAY =
  /^(?:-[afIzjJ]|--(?:file|auto-compress|use-compress-program|gzip|bzip2|xz|zstd|lzma|to-command))/;

/** By what a name says that an archive is compressed. Of a bare `.tar` it is not sure: some servers compress it all the same. */
function kindOf(name: string): Letter | undefined {
  const [, ending = ""] = /\.(tar\.\w+|tgz|tbz2?|txz)["']?$/.exec(name) ?? [];
  return KINDS.get(ending);
}

const KINDS: ReadonlyMap<string, Letter> = new Map<string, Letter>([
  ["tar.gz", "z"],
  ["tgz", "z"],
  ["tar.bz2", "j"],
  ["tbz", "j"],
  ["tbz2", "j"],
  ["tar.xz", "J"],
  ["txz", "J"],
]);

/** The one address that a command fetches. */
function onlyUrl(command: Command | undefined): ShellWord | undefined {
  if (!command || !/^(?:curl|wget)$/.test(command.name?.literal ?? "")) return undefined;
  const [url, ...more] = command.arguments.filter((it) => it.raw.includes("://"));
  return more.length > 0 ? undefined : url;
}

/** Is what has this name certainly what the name says: copied so, or downloaded from an address that ends so? */
function isOfThatKind(file: ShellWord, kind: Letter, { command, script, run, stage }: CommandCall): boolean {
  const before = script.commands.slice(0, script.commands.indexOf(command));
  const name = file.literal?.replace(/^.*\//, "") ?? "";
  const downloads = before.flatMap((it) => onlyUrl(it) ?? []);
  const speaking = before.filter((it) => it.arguments.some((word) => word.raw.includes(name)));
  if (speaking.length > 0)
    return speaking.length === 1 && downloads.some((it) => kindOf(it.raw) === kind && isIn(it, speaking));
  const state = stage.before(run);
  const directory = directoryOfCommand(command, script, state);
  const path = directory === undefined ? undefined : resolvePath(directory, file.literal ?? "");
  const content = path === undefined ? undefined : state.fileAt(path)?.content;
  return (
    content !== undefined &&
    content !== "empty" &&
    "contextPath" in content &&
    kindOf(content.contextPath) === kind
  );
}

function isIn(word: ShellWord, commands: readonly Command[]): boolean {
  return commands.some((it) => it.arguments.includes(word));
}

function fixesOf({ raw, literal, span }: ShellWord, letter: Letter, kind: Letter): Fix[] {
  if (raw !== literal || span.end - span.start !== raw.length) return [];
  const text = raw.replace(letter, kind);
  return [{ kind: "unsafe", title: `Write ${text}`, edits: [replace(span, text)] }];
}
