import type { Answer } from "../../model/known.ts";
import { mayMountProgram } from "../../model/stage/instructions/run.ts";
import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { StageState } from "../../model/stage/state.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { imagesWith } from "../knowledge/stages/images-with.ts";
import { type Fix, stageRule } from "../rule.ts";
import { execForm, plainWords } from "../writing/commands/exec-form.ts";
import { installBelowFrom } from "../writing/dockerfile/install-below-from.ts";
import { holdsComment } from "../writing/dockerfile/lines.ts";
import { stageWithEdits } from "../writing/dockerfile/with-edits.ts";

export const noShell = stageRule({
  id: "no-shell",
  title: "Shell needed where the image has none",
  severity: "error",
  tags: ["build", "run"],
  aliases: [
    "S02",
    "healthcheck-no-shell",
    "S03",
    "shell-form-cmd-no-shell",
    "S04",
    "shell-form-run-no-shell",
    "DL3025",
    "JSONArgsRecommended",
    "shell-run-in-scratch",
  ],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports RUN, CMD, ENTRYPOINT and HEALTHCHECK in shell form, and exec form that calls a shell, in a stage that
      certainly has none: \`scratch\`, distroless and other images of a single program.`,
    why: source`
      Shell form is \`/bin/sh -c …\`. Where \`/bin/sh\` is missing, RUN fails the build, CMD and ENTRYPOINT fail at start
      with "no such file or directory", and a HEALTHCHECK makes a healthy container unhealthy.`,
    bad: source`
      FROM scratch
      COPY api /api
      ENTRYPOINT /api --port 8080
                 ^^^^^^^^^^^^^^^^ no-shell: This needs /bin/sh, which is not in scratch.`,
    good: source`
      FROM scratch
      COPY api /api
      ENTRYPOINT ["/api", "--port", "8080"]`,
  },

  check(stage, report) {
    for (const instruction of stage.instructions) {
      const command = commandOf(instruction);
      if (!command) continue;
      // RUN runs here and now, the others in the image that the stage ends up as.
      const state = instruction.name === "RUN" ? stage.before(instruction) : stage.result;
      const shell = shellOf(command, state);
      if (shell?.there.is !== "no" || isMounted(shell.name, instruction, state)) continue;
      if (instruction.name !== "RUN" && !isMissingInAll(command, instruction, stage)) continue;

      const span = command.rest.spanOf(0, command.rest.text.length);
      report(span, `This needs ${shell.name}, which is not in ${stage.base.word?.raw ?? "this image"}.`, {
        related: shell.there.because,
        fixes: [...fixesOf(instruction, span, stage, state), ...installed(shell.name, stage)],
        aliases: aliasesOf(instruction, state),
      });
    }
  },
});

/** The instruction that holds the command: the one behind HEALTHCHECK, or the instruction itself. */
function commandOf(instruction: Instruction): Instruction | undefined {
  if (instruction.name === "HEALTHCHECK")
    return instruction.inner?.name === "CMD" ? instruction.inner : undefined;
  return ["RUN", "CMD", "ENTRYPOINT"].includes(instruction.name) ? instruction : undefined;
}

function shellOf(
  command: Instruction,
  state: StageState,
): { readonly name: string; readonly there: Answer } | undefined {
  if (command.exec) {
    const program = command.exec[0]?.raw ?? "";
    // Another shell than the one that is called may be there: that is another mistake.
    const isShell = /^(.*\/)?(ba|a|da)?sh$/.test(program) && state.hasShell.is === "no";
    return isShell ? { name: program, there: state.hasTool(program) } : undefined;
  }
  if (command.words.length === 0) return undefined;
  const name = state.shellCommand.known ? state.shellCommand.value[0] : undefined;
  return { name: name ?? "/bin/sh", there: state.hasShell };
}

/** Stages built on this one may bring a shell, and start the same. */
function isMissingInAll(command: Instruction, instruction: Instruction, stage: Stage): boolean {
  return imagesWith(instruction, stage).every((it) => shellOf(command, it.result)?.there.is === "no");
}

/** A RUN may bring its shell for itself. */
function isMounted(shell: string, instruction: Instruction, { workdir }: StageState): boolean {
  return (
    instruction.name === "RUN" &&
    mayMountProgram(instruction, workdir.known ? workdir.value : undefined, shell)
  );
}

/** Bash that a SHELL of this stage names, with the system's package manager above that. */
function installed(shell: string, stage: Stage): Fix[] {
  if (baseName(shell) !== "bash" || stage.instructions.every((it) => it.name !== "SHELL")) return [];
  const found = installBelowFrom(stage, () => "bash");
  if (!found || stageWithEdits(stage, found.edits)?.result.hasShell.is !== "yes") return [];
  return [{ kind: "unsafe", title: "Install bash", edits: found.edits }];
}

function fixesOf(instruction: Instruction, span: Span, stage: Stage, state: StageState): Fix[] {
  const { file } = stage.model;
  const script = stage.scriptOf(instruction);
  if (!script || instruction.hereDocuments.length > 0 || holdsComment(file, span)) return [];
  const [first, ...others] = script.commands;
  // `|| exit 1` behind a health check only says what is said anyway: every status but 0 is unhealthy.
  const isExit = others.length === 1 && others[0]?.after === "||" && others[0].name?.literal === "exit";
  const isProbe = instruction.name === "HEALTHCHECK" && isExit && first !== undefined;
  const words = plainWords(isProbe ? { ...script, commands: [first] } : script);
  const program = words?.[0];
  if (!words || program === undefined || state.hasTool(program).is === "no") return [];
  // What a RUN starts must be a program of an image that has next to none.
  if (instruction.name === "RUN" && state.hasTool(program).is !== "yes") return [];
  const isCommand = instruction.name === "CMD";
  const written = isCommand ? behindEntrypoint(words, state) : words;
  if (!written) return [];
  const isSure = isCommand ? written === words && state.entrypoint.known : instruction.name !== "RUN";
  return [
    { kind: isSure ? "safe" : "unsafe", title: "Use exec form", edits: [replace(span, execForm(written))] },
  ];
}

/**
 * What CMD has to say where an entrypoint starts the same program already, as `CMD node app.js` in an image that starts node: its
 * words are arguments. Undefined where they would not fit behind the entrypoint's own.
 */
function behindEntrypoint(
  words: readonly string[],
  { entrypoint }: StageState,
): readonly string[] | undefined {
  const [started, ...own] = (entrypoint.known && entrypoint.value?.words.map((it) => it.raw)) || [];
  const [program = "", ...others] = words;
  if (started === undefined || nameOf(started) !== nameOf(program)) return words;
  return own.every((it, at) => others[at] === it) && others.length > own.length
    ? others.slice(own.length)
    : undefined;
}

/** `python3.13` and `python3` are one program. */
function nameOf(program: string): string {
  return baseName(program).replace(/[\d.]+$/, "");
}

function aliasesOf({ name, exec }: Instruction, { shellCommand }: StageState): string[] {
  if (name === "RUN") return ["S04", "shell-form-run-no-shell"];
  if (name === "HEALTHCHECK") return ["S02", "healthcheck-no-shell"];
  const meaning = ["S03", "shell-form-cmd-no-shell"];
  if (exec) return meaning;
  // BuildKit takes a SHELL for a sign that a shell is wanted, hadolint does not.
  const isDefault = shellCommand.known && shellCommand.value.join(" ") === "/bin/sh -c";
  return [...meaning, "DL3025", ...(isDefault ? ["JSONArgsRecommended"] : [])];
}
