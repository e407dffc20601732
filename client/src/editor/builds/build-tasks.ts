import path from "node:path";
import {
  CustomExecution,
  type Disposable,
  EventEmitter,
  l10n,
  type Pseudoterminal,
  Task,
  type TaskDefinition,
  TaskGroup,
  TaskScope,
  tasks,
  type Uri,
  type WorkspaceFolder,
  workspace,
} from "vscode";
import type { LanguageServer } from "../../language-server.ts";
import { buildxBuilder } from "../../settings.ts";
import { findDockerfiles } from "../pick-dockerfile.ts";
import type { BuildAnswers } from "./build-draft.ts";
import { type BuildWriter, buildWriter } from "./build-logs.ts";
import { answersOfTask, type TaskFault } from "./build-task-answers.ts";
import { faultText } from "./build-task-faults.ts";

/** Where a task's build tells what it does. */
export interface TaskConsole extends BuildWriter {
  /** Aborted when the task is ended. */
  readonly signal: AbortSignal;
  /** A problem matcher reads what is written here, and puts it on its lines. */
  readonly isMatched: boolean;
}

/** Builds, and resolves to the exit code; never rejects. */
export type BuildTaskRunner = (answers: BuildAnswers, console: TaskConsole) => Promise<number>;

/** As `taskDefinitions` of package.json describes it; `answersOfTask` reads all that it says. */
interface BuildTask extends TaskDefinition {
  readonly task: string;
  readonly dockerfile?: string;
  readonly target?: string;
  readonly tag?: string;
}

const type = "plimsoll";

/** More files than anyone picks from. */
const mostFiles = 100;

/** Offers the tasks `plimsoll: build …`, one for each Dockerfile and each of its named stages, and runs those of tasks.json. */
export function provideBuildTasks(
  language: Pick<LanguageServer, "stages">,
  run: BuildTaskRunner,
): Disposable {
  return tasks.registerTaskProvider(type, {
    async provideTasks() {
      if (!workspace.isTrusted) return [];
      const files = await findDockerfiles(mostFiles);
      const found = await Promise.all(files.map((it) => tasksOf(it, language, run)));
      return found.flat();
    },
    resolveTask({ definition, scope }) {
      if (!isBuildTask(definition)) return undefined;
      const folder = typeof scope === "object" ? scope : workspace.workspaceFolders?.[0];
      return taskOf(definition, folder, run);
    },
  });
}

function isBuildTask(definition: TaskDefinition): definition is BuildTask {
  return definition.type === type && definition["task"] === "build";
}

async function tasksOf(
  file: Uri,
  language: Pick<LanguageServer, "stages">,
  run: BuildTaskRunner,
): Promise<readonly Task[]> {
  const folder = workspace.getWorkspaceFolder(file);
  if (folder === undefined) return [];
  const dockerfile = path.relative(folder.uri.fsPath, file.fsPath).replaceAll("\\", "/");
  const stages = (await language.stages(file))?.stages ?? [];
  const targets = stages.flatMap((it) => (it.isFinal || it.name === null ? [] : [it.name]));
  return [undefined, ...targets].map((target) =>
    taskOf({ type, task: "build", dockerfile, ...(target !== undefined && { target }) }, folder, run),
  );
}

/** `folder` is undefined in a window without one; then paths must be absolute. */
function taskOf(definition: BuildTask, folder: WorkspaceFolder | undefined, run: BuildTaskRunner): Task {
  const { dockerfile = "Dockerfile", target } = definition;
  const name = `build ${dockerfile}${target === undefined ? "" : ` (${target})`}`;
  const task = new Task(
    definition,
    folder ?? TaskScope.Workspace,
    name,
    type,
    // The definition that comes has its variables filled in.
    new CustomExecution(async (resolved) => terminalOf(resolved as BuildTask, folder, run)),
    // Problems are on their lines already, more of them than a matcher can read.
    [],
  );
  task.group = TaskGroup.Build;
  const answers = answersOf(definition, folder);
  task.detail = "key" in answers ? faultText(answers) : l10n.t("Builds {0}", answers.tag ?? "");
  return task;
}

function answersOf(definition: BuildTask, folder: WorkspaceFolder | undefined): BuildAnswers | TaskFault {
  const builder = buildxBuilder(folder?.uri);
  return answersOfTask(definition, folder?.uri.fsPath ?? "/", builder);
}

/** The task ends when the build does; ending the task, or Ctrl+C in its terminal, stops the build. */
function terminalOf(
  definition: BuildTask,
  folder: WorkspaceFolder | undefined,
  run: BuildTaskRunner,
): Pseudoterminal {
  const written = new EventEmitter<string>();
  const closed = new EventEmitter<number>();
  const stop = new AbortController();
  const console: TaskConsole = {
    ...buildWriter((text) => written.fire(text)),
    signal: stop.signal,
    get isMatched() {
      return isMatched(definition, folder);
    },
  };
  const runTask = async () => {
    const answers = answersOf(definition, folder);
    if (!("key" in answers)) return run(answers, console);
    console.line(faultText(answers), "failure");
    return 1;
  };
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: () => void runTask().then((code) => closed.fire(code)),
    close: () => stop.abort(),
    handleInput: (keys) => {
      if (keys.includes("\x03")) stop.abort();
    },
  };
}

/** The matcher that package.json contributes. */
const matcher = "$plimsoll-build";

/** A task as tasks.json has it. */
interface WrittenTask {
  readonly type?: string;
  readonly dockerfile?: string;
  readonly target?: string;
  readonly tag?: string;
  /** A name, a matcher with a `base`, or several of either. */
  readonly problemMatcher?: unknown;
}

/** Whether tasks.json gives this task our matcher. VS Code does not tell; what is written there with a variable may be any. */
function isMatched(resolved: BuildTask, folder: WorkspaceFolder | undefined): boolean {
  const written = workspace.getConfiguration("tasks", folder?.uri).get<readonly WrittenTask[]>("tasks", []);
  const isSame = (one: string | undefined, other: string | undefined) =>
    one === other || one?.includes("${") === true;
  return written.some(
    (it) =>
      it.type === type &&
      isSame(it.dockerfile, resolved.dockerfile) &&
      isSame(it.target, resolved.target) &&
      isSame(it.tag, resolved.tag) &&
      [it.problemMatcher].flat().some((one) => one === matcher || baseOf(one) === matcher),
  );
}

function baseOf(written: unknown): unknown {
  return typeof written === "object" && written !== null && "base" in written ? written.base : undefined;
}
