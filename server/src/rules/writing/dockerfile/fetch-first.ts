import { directoryOf, resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { wordValue } from "../../../model/stage/word-value.ts";
import { flagsOf } from "../../../syntax/dockerfile/known-flags.ts";
import type { Instruction, Word } from "../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import { remove, replace } from "../../../text/edit.ts";
import { type Ecosystem, manifestsOf } from "../../knowledge/packages/ecosystems.ts";
import { leadsToFiles } from "../../knowledge/packages/needs/leads-to-files.ts";
import type { Fix } from "../../rule.ts";
import { copyLike } from "./copy-like.ts";
import { holdsComment, insertAbove, insertBelow, lineBreakOf } from "./lines.ts";

/** A command that fetches the dependencies of a project. */
export interface Fetch {
  readonly ecosystem: Ecosystem;
  readonly command: Command;
  readonly run: Instruction;
}

/**
 * The fix that copies the manifests and fetches the dependencies in front of the COPY of everything; none where the fetch may need
 * something that comes between, or files that the manifests lead to.
 */
export function fetchFirst({ ecosystem, command, run }: Fetch, copy: Instruction, stage: Stage): Fix[] {
  const { file, inputs } = stage.model;
  const [, target] = copy.words;
  if (copy.words.length !== 2 || !target || !takesWorkdir(target, copy, run, stage)) return [];
  // The manifests are copied with the same flags, of which COPY has fewer than ADD.
  if (!copy.flags.every((it) => flagsOf("COPY").has(it.name))) return [];
  const between = stage.instructions.filter(
    (it) => it.span.start > copy.span.start && it.span.start < run.span.start,
  );
  if (between.some((it) => !BETWEEN.test(it.name ?? ""))) return [];
  // Behind another WORKDIR a relative target would be another folder.
  const isElsewhere = between.some((it) => it.name === "WORKDIR");
  if (isElsewhere && !target.raw.startsWith("/")) return [];

  const manifests = manifestsOf(ecosystem, command, inputs.context);
  if (!manifests || manifests.some((it) => it.includes("/") && it.startsWith(".."))) return [];
  // What a manifest leads to has to be there too, and which files that are is not said here.
  if (manifests.some((it) => !LOCK_FILE.test(it) && leadsToFiles(inputs.context?.read(it) ?? ""))) return [];
  const folders = new Set(manifests.map((it) => it.slice(0, it.lastIndexOf("/") + 1)));
  const [folder = ""] = folders;
  if (folders.size > 1) return [];
  const folderInImage = isElsewhere ? `${target.raw.replace(/\/+$/, "")}/${folder}` : `./${folder}`;
  if (!isReadThere(command, target, copy, stage)) return [];
  const copyManifests = copyLike(copy, file, manifests.join(" "), folderInImage);
  const title = "Copy the manifests and fetch the dependencies first";

  if (ecosystem.ahead === "none") return [];
  if (ecosystem.ahead !== undefined) {
    const ahead = aheadFor(command, ecosystem.ahead);
    if (ahead === undefined || between.some((it) => it.name === "USER" || it.name === "WORKDIR")) return [];
    return [{ kind: "unsafe", title, edits: [insertAbove(file, copy, copyManifests, `RUN ${ahead}`)] }];
  }
  return moved(command, run, copy, copyManifests, title, stage);
}

/**
 * The command that gets the dependencies ahead, with what the one behind the sources says of which they are (`--no-dev`,
 * `--only main`, `--frozen`); undefined where variables say it, which may not be set above.
 */
function aheadFor({ name, arguments: words }: Command, ahead: string): string | undefined {
  const [program = "", verb = "", ...options] = ahead.split(" ");
  // Another manifest than the one of the folder, or parts that it names.
  if (program === "mvn" && words.some(({ raw }) => /^(-f|--file|-pl|--projects)(=|$)/.test(raw)))
    return undefined;
  if (!/^(composer|poetry|uv)$/.test(program) || name?.literal !== program || words[0]?.literal !== verb)
    return ahead;
  const own = words.slice(1).map(({ raw }) => raw);
  if (own.some((it) => it.includes("$"))) return undefined;
  const kept = own.filter((it) => !options.includes(it) && !ABOUT_THE_PROJECT.test(it));
  return [ahead, ...kept].join(" ");
}

/** Options for what is made of the project itself. */
const ABOUT_THE_PROJECT = /^(-[oan]|--(optimize|classmap-authoritative|apcu)\S*|--no-editable|--compile\S*)$/;

const LOCK_FILE = /lock|shrinkwrap|\.(sum|resolved)\b/i;

/** The command goes up with the manifests, the copy of everything comes behind it. */
function moved(
  command: Command,
  run: Instruction,
  copy: Instruction,
  copyManifests: string,
  title: string,
  stage: Stage,
): Fix[] {
  const { file } = stage.model;
  const commands = stage.scriptOf(run)?.commands ?? [];
  const at = commands.indexOf(command);
  const [first] = commands;
  const next = commands[at + 1];
  if (!commands.slice(0, at).every(isPreparation) || !/^(first|&&)$/.test(command.after)) return [];
  if (at < 0 || run.hereDocuments.length > 0 || holdsComment(file, copy.span)) return [];
  const text = file.text.slice(copy.span.start, copy.span.end);
  if (!next) {
    return [
      { kind: "unsafe", title, edits: [replace(copy.span, copyManifests), insertBelow(file, run, text)] },
    ];
  }

  // The commands behind it stay where they are, in a RUN of their own.
  const rest = { start: command.span.start, end: next.span.start };
  if (next.after !== "&&" || holdsComment(file, rest)) return [];
  const isAlike = at === 0 && isNextTo(copy, run, stage);
  if (!isAlike) {
    // What is between holds for the fetch too, and what makes it ready comes along.
    const prefix = file.text.slice(run.span.start, first?.span.start ?? run.span.start);
    const behind = `${prefix}${file.text.slice(next.span.start, run.span.end)}`;
    const split = ["", text, behind].join(lineBreakOf(file));
    const edits = [
      replace(copy.span, copyManifests),
      replace({ start: command.span.end, end: run.span.end }, split),
    ];
    return [{ kind: "unsafe", title, edits }];
  }
  const head = file.text.slice(run.span.start, command.span.end);
  return [{ kind: "unsafe", title, edits: [insertAbove(file, copy, copyManifests, head), remove(rest)] }];
}

/** Is nothing between them that the RUN needs in front of it? */
function isNextTo(copy: Instruction, run: Instruction, { instructions }: Stage): boolean {
  return !instructions.some(
    ({ name, span }) =>
      span.start > copy.span.start && span.start < run.span.start && /^(USER|WORKDIR)$/.test(name ?? ""),
  );
}

/** Instructions that are the same above a COPY and below it. */
const BETWEEN = /^(ARG|ENV|EXPOSE|LABEL|STOPSIGNAL|USER|WORKDIR)$/;

/** What makes a package manager ready, and reads nothing of the project. */
function isPreparation({ name, arguments: words, after, conditional }: Command): boolean {
  const line = [name?.literal, ...words.map((it) => it.literal ?? it.raw)].join(" ");
  return !conditional && (after === "first" || after === "&&") && PREPARES.test(line);
}

const PREPARES =
  /^(set -|corepack |(bundle|npm|yarn|pnpm|poetry|composer|go env|pip3? config) (config|set|-w)\b|npm (install|i) (-g|--global) |apk add |apt-get (update|install)|mix local\.|gem install |pip3? install (--no-cache-dir )?(--upgrade|-U|poetry|pipenv|uv)\b)/;

/** Is a manifest that the command names by an absolute path one of those that are copied? */
function isReadThere(command: Command, target: Word, copy: Instruction, stage: Stage): boolean {
  const path = wordValue(target, copy, stage);
  const { workdir } = stage.before(copy);
  const folder =
    path === undefined ? undefined : resolvePath(workdir.known ? workdir.value : undefined, path);
  return command.arguments.every(
    ({ literal }) =>
      !literal?.startsWith("/") || !literal.endsWith(".txt") || directoryOf(literal) === folder,
  );
}

/** Do the sources land in the folder in which the command runs? */
function takesWorkdir(target: Word, copy: Instruction, run: Instruction, stage: Stage): boolean {
  const [at, there] = [stage.before(copy).workdir, stage.before(run).workdir];
  const path = wordValue(target, copy, stage);
  if (!at.known || !there.known || path === undefined) return false;
  return resolvePath(at.value, path) === resolvePath("/", there.value);
}
