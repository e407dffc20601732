import { directoryOf, prefixesOf, resolvePath } from "../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import { stagesDownFrom } from "../../../model/stage/stage-graph.ts";
import type { StageState } from "../../../model/stage/state.ts";
import { says } from "../../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { ShellWord } from "../../../syntax/shell/script.ts";
import type { CommandCall } from "../../rule.ts";
import { mayMountFiles } from "../packages/untouched-directory.ts";
import { onlyWithKnown, readOptions } from "../shell/shell-options.ts";
import { mayBeOthers } from "../users/openings.ts";
import { factsBelow } from "../users/user-ids.ts";
import { directoryOfCommand } from "./command-directory.ts";
import { placesWritten } from "./places-written.ts";
import { isPlainPath } from "./plain-path.ts";

/**
 * What a call does that only root may, to stand behind its program: `writes to /etc, which belongs to root`. For a user who is
 * certainly not root. Undefined where that is not certain: a directory may have been given to somebody, or opened.
 */
export function refusedToOthers(call: CommandCall): string | undefined {
  const { command, script, run, stage } = call;
  const before = stage.before(run);
  const from = directoryOfCommand(command, script, before);
  const words = wordsOf(call);
  if (from === undefined || words.length === 0 || mayMountFiles(run)) return undefined;
  const state = stage.beforeCommand(command, run);
  if (state.lacksTool(call.program)) return undefined;
  for (const { word, does } of words) {
    const written = word.literal?.replace(/(?<=.)\/+$/, "");
    const path = written !== undefined && isPlainPath(written) ? resolvePath(from, written) : undefined;
    const refused = path === undefined ? undefined : WHERE[does](path, state, run, stage);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

interface NamedPlace {
  readonly word: ShellWord;
  readonly does: "changes" | "makes" | "makes with all above" | "removes";
}

function wordsOf({ command, program }: CommandCall): readonly NamedPlace[] {
  const places = placesWritten(command).flatMap(({ word, isDirectory }): NamedPlace[] =>
    isDirectory ? [] : [{ word, does: "makes" }],
  );
  const reader = Object.hasOwn(OTHERS, program) ? OTHERS[program] : undefined;
  return reader ? [...places, ...reader(command.arguments)] : places;
}

/** Programs that write, or remove, or change what is there. */
export const WRITING: readonly string[] =
  "touch tee cp mv ln install curl wget dd gpg openssl echo printf cat chmod mkdir rm".split(" ");

const OTHERS: Readonly<Record<string, (words: readonly ShellWord[]) => readonly NamedPlace[]>> = {
  chmod: onlyWithKnown("", "R v c f recursive verbose changes", ({ operands }) =>
    all(operands.slice(1), "changes"),
  ),
  chown: onlyWithKnown("", "R v c h recursive verbose changes", ({ operands }) =>
    all(operands.slice(1), "changes"),
  ),
  mkdir: (words) => {
    const { options, operands } = readOptions(words, "m mode");
    const makesAll = options.some((it) => it.name === "p" || it.name === "parents");
    return makesAll ? all(operands, "makes with all above") : [];
  },
  rm: onlyWithKnown("", "r R f v d recursive force verbose dir", ({ operands }) => all(operands, "removes")),
};

function all(words: readonly ShellWord[], does: NamedPlace["does"]): readonly NamedPlace[] {
  return words.map((word) => ({ word, does }));
}

type Refusal = (path: string, state: StageState, run: Instruction, stage: Stage) => string | undefined;

const WHERE: Readonly<Record<NamedPlace["does"], Refusal>> = {
  changes: (path, state) => {
    const owner = state.ownerOf(path);
    const isThere = state.hasPath(path).is === "yes";
    return isThere && owner.known && owner.value.isRoot
      ? `changes ${path}, which belongs to root`
      : undefined;
  },
  makes: (path, state, run, stage) => {
    const { is } = state.hasPath(path);
    // What is there may be the user's own; of what a known image has there nothing is.
    const isOthers = is === "no" || (is === "unknown" && factsBelow(stage)?.os !== undefined);
    if (!isOthers || mayBeOthers(path, run, stage)) return undefined;
    return refusedBelow(directoryOf(path), state, run, stage);
  },
  "makes with all above": (path, state, run, stage) => {
    const first = prefixesOf(path).find((it) => state.hasPath(it).is !== "yes");
    if (first === undefined || state.hasPath(first).is !== "no") return undefined;
    return refusedBelow(directoryOf(first), state, run, stage);
  },
  removes: (path, state, run, stage) =>
    state.hasPath(path).is === "yes" ? refusedBelow(directoryOf(path), state, run, stage) : undefined,
};

function refusedBelow(
  directory: string,
  state: StageState,
  run: Instruction,
  stage: Stage,
): string | undefined {
  if (!isRootsAlone(directory, run, stage) || mayBeOthers(directory, run, stage)) return undefined;
  const owner = state.ownerOf(directory);
  if (owner.known && !owner.value.isRoot) return undefined;
  return `writes to ${directory}, which belongs to root`;
}

/**
 * Directories that are root's, that nobody else may write to, in images of distributions and languages (as generally known).
 * Of those where installers put things only as long as nobody else wrote there.
 */
function isRootsAlone(directory: string, run: Instruction, stage: Stage): boolean {
  // In every image.
  if (directory === "/") return true;
  const facts = factsBelow(stage);
  const { user } = stage.bottom.initial;
  if (!facts?.os || !user.known || !user.value.isRoot) return false;
  return SYSTEM.has(directory) || (INSTALLED.has(directory) && !mayBeInstalledBefore(run, stage));
}

const SYSTEM: ReadonlySet<string> = new Set(
  "/etc /usr /usr/bin /usr/sbin /bin /sbin /usr/lib /usr/share /root".split(" "),
);

const INSTALLED: ReadonlySet<string> = new Set("/usr/local/bin /opt /srv /home".split(" "));

function mayBeInstalledBefore(run: Instruction, stage: Stage): boolean {
  for (const it of stagesDownFrom(stage)) {
    const first = firstInstaller(it);
    if (first && first.span.start < run.span.start) return true;
  }
  return false;
}

/** The first RUN of a stage that may do anything with the directories that are left to the administrator. */
const firstInstaller = notedOnStage(({ instructions }): Instruction | undefined =>
  instructions.find((it) => it.name === "RUN" && says(MAY_OPEN, it)),
);

const MAY_OPEN = /\.sh\b|\b(?:ba|z)?sh\b|\bmake\b|\bpython/;
