import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { baseName } from "../../model/stage/paths.ts";
import { documentShell, isPosixShell, scriptText } from "../../model/stage/script-text.ts";
import { shellToldOf } from "../../model/stage/shell-comment.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { MappedText } from "../../text/mapped-text.ts";
import { firstWhere } from "../../text/sorted.ts";

/** The script of one RUN as ShellCheck is to read it. */
export interface ShellcheckScript {
  readonly script: MappedText;
  /** As `--shell` takes it. */
  readonly dialect: Dialect;
  /** Codes that mean nothing here: `SC3040`. */
  readonly excluded: readonly string[];
  /** Variables that ENV, ARG or the base set, of those that the script uses. */
  readonly variables: readonly string[];
}

export type Dialect = "sh" | "dash" | "bash" | "ksh";

/** The scripts of RUN and ONBUILD RUN in a shell that ShellCheck knows. */
export function shellcheckScripts(model: DockerfileModel): ShellcheckScript[] {
  return model.stages.flatMap((stage) =>
    stage.instructions.flatMap((instruction, position) => scriptOf(instruction, position, stage) ?? []),
  );
}

function scriptOf(instruction: Instruction, position: number, stage: Stage): ShellcheckScript | undefined {
  const run = instruction.name === "ONBUILD" ? instruction.inner : instruction;
  if (run?.name !== "RUN") return undefined;
  const script = scriptText(stage.model.file, run);
  if (!script || script.text.trim() === "") return undefined;
  const { shellCommand } = stage.before(instruction);
  const program =
    documentShell(run)?.words[0] ??
    shellToldOf(stage, position) ??
    (shellCommand.known ? shellCommand.value[0] : undefined);
  if (program === undefined || !isPosixShell([program])) return undefined;
  const { dialect, excluded } = dialectOf(baseName(program), stage);
  return {
    script,
    dialect,
    excluded: [...NEVER, ...excluded, ...disabledIn(run, stage.model)],
    variables: variablesOf(script.text, instruction, stage),
  };
}

/** Sourced files are not there to be read (SC1090, SC1091), ash is no unknown shell (SC2187). */
const NEVER = ["SC1090", "SC1091", "SC2187"];

/** What BusyBox's ash has of bash (its shell/ash.c, features that Alpine builds in, read 2026-11). */
const ASH_UNDERSTANDS =
  "SC3001 SC3003 SC3010 SC3014 SC3018 SC3020 SC3036 SC3037 SC3040 SC3043 SC3045 SC3057 SC3060".split(" ");

/** All that ShellCheck says of portability: nothing where it is not known which shell `sh` is. */
const PORTABILITY = Array.from({ length: 80 }, (_, index) => `SC${3000 + index}`);

function dialectOf(name: string, stage: Stage): { dialect: Dialect; excluded: readonly string[] } {
  if (name === "bash" || name === "zsh") return { dialect: "bash", excluded: [] };
  if (name === "ksh" || name === "mksh") return { dialect: "ksh", excluded: [] };
  if (name === "dash") return { dialect: "dash", excluded: [] };
  const { os } = stage.initial;
  const family = os.known ? os.value.family : undefined;
  if (name === "ash" || family === "alpine" || family === "busybox" || family === "wolfi")
    return { dialect: "sh", excluded: ASH_UNDERSTANDS };
  if (family === "debian") return { dialect: "dash", excluded: [] };
  // There sh is bash.
  if (family === "rhel" || family === "suse" || family === "arch") return { dialect: "bash", excluded: [] };
  return { dialect: "sh", excluded: PORTABILITY };
}

/** `# shellcheck disable=SC2086` on a line of the RUN. */
function disabledIn(run: Instruction, { file }: DockerfileModel): string[] {
  const { comments } = file;
  const [first, behind] = [run.span.start, run.span.end + 1].map((offset) =>
    firstWhere(comments, (it) => it.span.start >= offset),
  );
  return comments
    .slice(first, behind)
    .flatMap(({ text }) => /^shellcheck\s+disable=([\w,]+)/.exec(text)?.[1]?.split(",") ?? [])
    .filter((it) => /^SC\d{4}$/.test(it));
}

function variablesOf(text: string, instruction: Instruction, stage: Stage): string[] {
  const names = new Set([...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map((it) => it[1] ?? ""));
  const state = stage.before(instruction);
  const triggered = instruction.name === "ONBUILD" ? triggeredNames(stage) : NO_NAMES;
  return [...names].filter((it) => PROXY.test(it) || triggered.has(it) || state.isSet(it).is !== "no");
}

/** Handed to every RUN where the builder has them (Dockerfile reference, "Predefined ARGs", read 2026-11). */
const PROXY = /^(?:(?:http|https|ftp|no|all)_proxy|(?:HTTP|HTTPS|FTP|NO|ALL)_PROXY)$/;

const NO_NAMES: ReadonlySet<string> = new Set();

/** What ONBUILD ARG and ENV set, for the triggers beside them. */
const triggeredNames = notedOnStage(
  ({ instructions }): ReadonlySet<string> =>
    new Set(
      instructions.flatMap(({ inner }) =>
        inner?.name === "ARG" || inner?.name === "ENV" ? inner.pairs.map((it) => it.name.raw) : [],
      ),
    ),
);
