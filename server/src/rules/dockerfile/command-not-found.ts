import { PACKAGE_PROGRAMS } from "../../model/image/node-programs.ts";
import { PYTHON_MANAGERS, PYTHON_SERVERS } from "../../model/image/python-servers.ts";
import { documentCall } from "../../model/stage/exec-script.ts";
import { isOwn } from "../../model/stage/holding-stage.ts";
import { mayMountProgram } from "../../model/stage/instructions/run.ts";
import { packageJson } from "../../model/stage/package-json.ts";
import { baseName, directoryOf } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import type { StageState } from "../../model/stage/state.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script, ShellWord } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { valueIn } from "../../text/value-in.ts";
import { lookedUpProgram } from "../knowledge/commands/program-lookup.ts";
import { projectText } from "../knowledge/files/project-text.ts";
import {
  type NeededProgram,
  neededByInstaller,
  neededPrograms,
  STARTING_OTHERS,
} from "../knowledge/packages/needs/needed-programs.ts";
import { isReportedElsewhere } from "../knowledge/packages/package-managers.ts";
import { runsInPlainShell } from "../knowledge/shell/plain-shell.ts";
import { isShellOnly } from "../knowledge/shell/shell-only.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { stageWith } from "../knowledge/stages/stage-with.ts";
import { besidePath } from "../knowledge/started/beside-path.ts";
import { isTakenForProgram, startedSettings } from "../knowledge/started/handed-over.ts";
import {
  programsMissingIn,
  type ShellScript,
  shellScriptsRunIn,
} from "../knowledge/started/script-contents.ts";
import { type Finding, type Fix, type Report, type Severity, stageRule } from "../rule.ts";
import { installPackage, installProgram } from "../writing/dockerfile/install-program.ts";
import { insertAbove } from "../writing/dockerfile/lines.ts";

export const commandNotFound = stageRule({
  id: "command-not-found",
  title: "Program that the image lacks",
  severity: "error",
  tags: ["build", "run"],
  aliases: [
    ...["S05", "bash-missing", "S12", "compiler-missing", "S13", "git-missing"],
    ...["S15", "cgo-without-gcc"],
  ],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports RUN, CMD and ENTRYPOINT that call a program which is certainly not in the image at that point: the base does not bring it,
      and nothing above installs or copies it. The same for a program that another one starts: git for \`pip install git+https://…\`, a
      C compiler for packages without a wheel and for \`go test -race\`, and what a script of the build context calls in every case.
      What an official image's entrypoint or \`tini\` starts counts too, and servers of Python (gunicorn, uvicorn, flask …) that none of
      the installed packages brings, where all of those are known, and a script that was copied to the working directory and is started
      by its bare name.`,
    why: source`
      Small images leave out what a developer's machine has: Alpine has no bash and no curl, Debian's \`-slim\` neither
      curl nor git nor gcc. RUN ends with "not found" (status 127), a container does not start at all.`,
    bad: source`
      FROM alpine:3.24
      RUN curl -fsSL https://example.com/tool -o /usr/local/bin/tool
          ^^^^ command-not-found: curl is not in this image.`,
    good: source`
      FROM alpine:3.24
      RUN apk add --no-cache curl
      RUN curl -fsSL https://example.com/tool -o /usr/local/bin/tool`,
  },
  check(stage, report) {
    for (const instruction of stage.instructions)
      if (instruction.name === "RUN") checkCommands(instruction, stage, stage.before(instruction), report);
    for (const it of stage.isFinal ? startsOf(stage) : [])
      checkCommands(it.instruction, it.stage, stage.result, report, it.isProgram);
    for (const it of shellScriptsRunIn(stage))
      if (it.instruction.name !== "HEALTHCHECK") checkScript(it, report);
  },
});

/** What a script of the author's own calls, told of where it is started. */
function checkScript(script: ShellScript, report: Report): void {
  const { failure, span, state, stage, instruction, origin } = script;
  if (failure === "allowed") return;
  for (const it of programsMissingIn(script)) {
    const { program, line } = it;
    const name = origin.contextPath ?? baseName(script.path);
    report(span, `${program} is not in this image, and ${name} calls it in line ${line}.`, {
      ...findingOf(program, { state }, installProgram(program, instruction, stage, state)),
      severity: failure === "stops" && it.failure === "stops" ? "error" : "warning",
    });
  }
}

/** `before`: what the image is when the instruction is carried out. */
function checkCommands(
  instruction: Instruction,
  stage: Stage,
  before: StageState,
  report: Report,
  isProgram: (name: string) => boolean = () => true,
): void {
  // Without a shell nothing of it runs, which `no-shell` says.
  if (!instruction.exec && before.hasShell.is === "no") return;
  const call = instruction.name === "RUN" ? documentCall(instruction) : undefined;
  const [starter] = call?.commands ?? [];
  if (call && starter)
    checkCommand({ command: starter, script: call, instruction, stage, state: before }, new Set(), report);
  const script = stage.commandsOf(instruction);
  // Where a part could not be read, names may stand for anything.
  if (!script?.complete) return;
  const hasSteps = instruction.name === "RUN" && !instruction.exec;
  const seen = new Set<string>();
  for (const command of script.commands) {
    const name = command.name?.literal;
    if (name === undefined || isShellOnly(name) || isReportedElsewhere(name)) continue;
    if (!isProgram(name)) continue;
    // Nearly all that is called is there.
    if (hasSteps && !STARTING_OTHERS.has(name) && !stage.mayLackTool(name, command, instruction)) continue;
    const state = hasSteps ? stage.beforeCommand(command, instruction) : before;
    checkCommand({ command, script, instruction, stage, state }, seen, report);
  }
}

interface Place {
  readonly command: Command;
  readonly script: Script;
  readonly instruction: Instruction;
  readonly stage: Stage;
  /** What the image is when the command starts. */
  readonly state: StageState;
}

interface Start {
  readonly instruction: Instruction;
  /** Where that stands. */
  readonly stage: Stage;
  /** Is a name that is no program of the image nothing else? */
  readonly isProgram: (name: string) => boolean;
}

/**
 * What a container of the final stage starts with: ENTRYPOINT, or CMD where there is no ENTRYPOINT, or one that starts what it is
 * handed.
 */
function startsOf(final: Stage): readonly Start[] {
  return startedSettings(final).flatMap(({ instruction, form }, at): Start | never[] => {
    if (!instruction || (instruction.name !== "CMD" && instruction.name !== "ENTRYPOINT")) return [];
    const stage = stageWith(instruction, final);
    const isProgram = (name: string) => at === 0 || form === "shell" || isTakenForProgram(name, final);
    return stage ? { instruction, stage, isProgram } : [];
  });
}

function checkCommand(place: Place, seen: Set<string>, report: Report): void {
  const { command, script, instruction, stage, state } = place;
  const written = command.name?.literal;
  if (!command.name || written === undefined) return;
  const elsewhere = instruction.name === "RUN" ? undefined : besidePath(command, state, stage.bottom);
  if (elsewhere !== undefined) {
    const quote = instruction.exec ? '"' : "";
    report(command.name.span, `${written} is at ${elsewhere}, where PATH does not lead.`, {
      fixes: [
        {
          kind: "unsafe",
          title: `Start ${elsewhere}`,
          edits: [replace(command.name.span, quote + elsewhere + quote)],
        },
      ],
    });
    return;
  }
  const isAbsent = isMissing(written, place);
  const read = (file: string) =>
    instruction.name === "RUN" ? projectText(file, instruction, stage) : undefined;
  const needed =
    isAbsent || (instruction.name !== "RUN" && !written.startsWith("python"))
      ? []
      : [
          ...neededPrograms(command, state, stage.model.inputs.context, read),
          ...neededByInstaller(command, script),
        ];
  if (!isAbsent && needed.length === 0) return;
  const failure = failureOf(command, script, instruction, stage);
  const program = lookedUpProgram(command, script, state) ?? systemProgram(written, instruction);
  // A path is not looked up, and what is there may need others.
  if (failure === "allowed" || (program === undefined && (isAbsent || !written.includes("/")))) return;

  const severity = failure === "stops" ? "error" : "warning";
  if (!isAbsent) {
    for (const it of needed)
      if (!PYTHON_SERVERS.has(it.program) || !mayHaveModule(it.program, place))
        reportNeeded(it, severity, place, seen, report);
    return;
  }
  if (program === undefined) return;
  // Without any shell the call of one is `no-shell`'s.
  const isShell = /^(ba|a|da)?sh$/.test(program) && state.hasShell.is === "no";
  if (isShell || seen.has(program)) return;
  seen.add(program);
  if (tellOffPath(program, command.name, severity, place, report)) return;
  const local = startsPackageProgram(program, place);
  const message = local
    ? `${program} is not on the PATH: a project's packages have their programs in node_modules/.bin.`
    : `${program} is not in this image${isLater(program, place) ? " yet" : ""}.`;
  report(command.name.span, message, {
    ...findingOf(program, place, [
      ...(local ?? []),
      ...plainShell(place),
      ...(PYTHON_SERVERS.has(program) || (PYTHON_MANAGERS.has(program) && hasPip(place))
        ? installWithPip(program, place)
        : installProgram(program, instruction, stage, state)),
    ]),
    severity,
  });
}

/** The name of a program that a RUN calls by its path in a directory of the system: `/bin/bash`. What a container starts has a rule of its own. */
function systemProgram(path: string, { name }: Instruction): string | undefined {
  return name !== "RUN" ? undefined : /^\/(?:usr\/)?s?bin\/([A-Za-z_][\w.+-]*)$/.exec(path)?.[1];
}

/** What an installer has put where PATH does not lead, or into a file that declares it for a shell which reads that. */
function tellOffPath(
  program: string,
  { span }: ShellWord,
  severity: Severity,
  { instruction, stage, state }: Place,
  report: Report,
): boolean {
  const file = FUNCTIONS.get(program);
  const { path: there } =
    state.files.find(({ path }) => path.endsWith(file ?? `/bin/${program}`) && path.startsWith("/")) ?? {};
  const path = state.variable("PATH");
  if (there === undefined || !path.known) return false;
  const related = state.fileAt(there)?.writtenBy;
  const finding = { severity, related: related ? [{ message: there, span: related.span }] : [] };
  if (file !== undefined) {
    report(
      span,
      `${program} is no program but a function, which ${there} declares for the shell that reads it.`,
      finding,
    );
    return true;
  }
  const line = `ENV PATH=${directoryOf(there)}:$PATH`;
  const canWrite = isOwn(instruction, stage) && /^[\w./-]+$/.test(there);
  report(span, `${program} is at ${there}, where PATH does not lead.`, {
    ...finding,
    fixes: canWrite
      ? [
          {
            kind: "unsafe",
            title: `Put ${directoryOf(there)} on PATH`,
            edits: [insertAbove(stage.model.file, instruction, line)],
          },
        ]
      : [],
  });
  return true;
}

/** Functions that files of nvm and SDKMAN! declare; neither has a program of that name. */
const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ["nvm", "/nvm.sh"],
  ["sdk", "/bin/sdkman-init.sh"],
]);

/** How a program of the project's own packages is started; undefined for what is none. */
function startsPackageProgram(
  program: string,
  { command, instruction, stage, state }: Place,
): Fix[] | undefined {
  const { name } = command;
  if (!name || !PACKAGE_PROGRAMS.has(program)) return undefined;
  const project = packageJson(stage.model);
  const owner = OWNERS.get(program) ?? program;
  const isForDevelopment = project?.devDependencies.has(owner) === true;
  if (!isForDevelopment && !project?.dependencies.has(owner)) return undefined;
  // What is left out of the image would be fetched whenever it starts.
  if (state.hasTool("npx").is !== "yes" || (isForDevelopment && instruction.name !== "RUN")) return [];
  const isQuoted = stage.model.file.text.charAt(name.span.start) === '"';
  const newText = isQuoted ? `"npx", "${program}"` : `npx ${program}`;
  return [{ kind: "unsafe", title: "Start it with npx", edits: [replace(name.span, newText)] }];
}

/** Packages that are not called as their programs are. */
const OWNERS: ReadonlyMap<string, string> = new Map([
  ["tsc", "typescript"],
  ["nest", "@nestjs/cli"],
  ["ng", "@angular/cli"],
]);

function reportNeeded(
  { program, why, word, instead, install: packages }: NeededProgram,
  severity: Severity,
  place: Place,
  seen: Set<string>,
  report: Report,
): void {
  if (seen.has(program) || !isMissing(program, place)) return;
  seen.add(program);
  const { instruction, stage, state } = place;
  const other: Fix[] =
    instead === undefined
      ? []
      : [{ kind: "unsafe", title: `Install ${instead}`, edits: [replace(word.span, instead)] }];
  // Which headers a package wants beside the compiler is not known.
  const install = packages
    ? installPackages(packages, place)
    : /Bundler compiles/.test(why)
      ? []
      : PYTHON_SERVERS.has(program)
        ? installWithPip(program, place)
        : installProgram(program, instruction, stage, state);
  report(word.span, `${program} is not in this image, and ${why}.`, {
    ...findingOf(program, place, [...other, ...install]),
    severity,
  });
}

function installPackages(
  packages: NonNullable<NeededProgram["install"]>,
  { instruction, stage, state }: Place,
): Fix[] {
  const { packageManager: manager } = state;
  const names = manager.known && manager.value !== "none" ? packages[manager.value] : undefined;
  if (names === undefined || !isOwn(instruction, stage)) return [];
  return installPackage(names, instruction, stage, state);
}

/** A module may come without its program: with packages that are copied, in a folder of the project, or by PYTHONPATH. */
function mayHaveModule(name: string, { stage, state }: Place): boolean {
  const { context } = stage.model.inputs;
  if (state.isSet("PYTHONPATH").is !== "no" || !context) return true;
  if ([name, `${name}.py`].some((it) => context.exists(it) !== "absent")) return true;
  for (const { instructions } of stagesDownFrom(stage))
    if (instructions.some(({ flags }) => flags.some((it) => it.name === "from"))) return true;
  return false;
}

function isMissing(program: string, { instruction, state }: Place): boolean {
  if (!state.lacksTool(program)) return false;
  const workdir = state.workdir.known ? state.workdir.value : undefined;
  return instruction.name !== "RUN" || !mayMountProgram(instruction, workdir, program);
}

function isLater(program: string, { instruction, stage }: Place): boolean {
  return instruction.name === "RUN" && stage.result.hasTool(program).is === "yes";
}

function findingOf(program: string, { state }: Pick<Place, "state">, fixes: readonly Fix[]): Finding {
  const aliases: Readonly<Record<string, readonly string[]>> = {
    bash: ["S05", "bash-missing"],
    gcc: ["S12", "compiler-missing", "S15", "cgo-without-gcc"],
    git: ["S13", "git-missing"],
  };
  return { related: state.hasTool(program).because, fixes, aliases: valueIn(aliases, program) ?? [] };
}

function hasPip({ state }: Pick<Place, "state">): boolean {
  return state.hasTool("pip").is === "yes";
}

/** A package of the system would come with another Python. */
function installWithPip(program: string, { instruction, stage, state }: Place): Fix[] {
  const { user } = state;
  const isOpen = user.known && user.value.isRoot && state.hasShell.is === "yes" && hasPip({ state });
  if (!isOpen || !isOwn(instruction, stage)) return [];
  const line = `RUN pip install --no-cache-dir ${program === "waitress-serve" ? "waitress" : program}`;
  const edits = [insertAbove(stage.model.file, instruction, line)];
  return [{ kind: "unsafe", title: `Install ${program} with pip`, edits }];
}

/** The image's own shell, where the script asks nothing of bash. */
function plainShell({ command, state, stage }: Place): Fix[] {
  const { name } = command;
  const called = /^(\/bin\/)?bash$/.exec(name?.literal ?? "");
  if (!name || !called || state.hasTool("sh").is !== "yes") return [];
  if (!runsInPlainShell(command, stage.model.inputs.context)) return [];
  const quote = stage.model.file.text.charAt(name.span.start) === '"' ? '"' : "";
  return [
    { kind: "unsafe", title: "Use sh", edits: [replace(name.span, `${quote}${called[1] ?? ""}sh${quote}`)] },
  ];
}
