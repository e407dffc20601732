import {
  l10n,
  ProcessExecution,
  Task,
  TaskPanelKind,
  TaskRevealKind,
  TaskScope,
  tasks,
  window,
  workspace,
} from "vscode";
import { type ComposeAction, composeArguments, goesOn } from "../../compose/command-line.ts";
import type { ComposeProgram } from "../../compose/program.ts";
import { hasSecretWord } from "../../shared/secrets.ts";
import type { ComposeProject } from "./compose-project.ts";

/** What a task of Compose is run with. */
export interface ComposeRun {
  readonly program: ComposeProgram;
  readonly project: ComposeProject;
  readonly profiles: readonly string[];
  readonly action: ComposeAction;
  /** On top of the terminal's. */
  readonly environment: Readonly<Record<string, string>>;
}

export type ComposeEnd =
  /** It goes on in its terminal; `ended` resolves to its exit code, undefined when the user ended it. */
  | { readonly kind: "started"; readonly ended: Promise<number | undefined> }
  /** `exitCode` is undefined when the user ended it. */
  | { readonly kind: "ended"; readonly exitCode: number | undefined };

/** How many shells and commands were started. */
let dialogues = 0;

/**
 * Runs Compose as a task, in a terminal. What ends by itself is waited for; what goes on (logs, a shell) is
 * only started. What runs already is not started again: its terminal is shown.
 */
export async function runComposeTask(run: ComposeRun): Promise<ComposeEnd> {
  const { program, project, profiles, action, environment } = run;
  const stays = goesOn(action);
  // As a process: no shell reads the arguments, so nothing depends on which one the user has.
  const words = [...program.arguments, ...composeArguments({ files: project.chosen, profiles }, action)];
  const execution = new ProcessExecution(program.program, words, {
    cwd: project.folder,
    env: { ...environment },
  });
  const name = taskName(project, action);
  const isDialogue = "service" in action;
  const task = new Task(
    {
      type: "plimsoll-compose",
      project: project.file.toString(),
      // VS Code remembers tasks by this. A command may hold a secret and is not in it; two of them may run side by side.
      action: isDialogue ? `${action.kind} ${++dialogues}` : JSON.stringify({ ...action, profiles }),
    },
    // Without a folder there is no scope of a workspace.
    workspace.getWorkspaceFolder(project.file) ??
      (workspace.workspaceFolders?.length ? TaskScope.Workspace : TaskScope.Global),
    name,
    "Plimsoll",
    execution,
    [],
  );
  task.isBackground = stays;
  task.presentationOptions = {
    reveal: TaskRevealKind.Always,
    panel: panelFor(action, stays),
    close: action.kind === "shell",
    focus: isDialogue,
    showReuseMessage: false,
    clear: false,
    // The terminal would begin with the whole command, and is kept over a restart of the window.
    echo: !hasSecretWord(words),
  };
  const isOurs = ({ definition }: Task) =>
    Object.entries(task.definition).every(([key, value]) => definition[key] === value);
  const isActive = tasks.taskExecutions.some((it) => isOurs(it.task));
  if (isActive) window.terminals.find((it) => it.name === name)?.show();

  // The listener has to be there first: a program that fails at once has ended before the task is known to have started.
  let over: (exitCode: number | undefined) => void = () => {};
  const ended = new Promise<number | undefined>((resolve) => {
    over = resolve;
  });
  const listeners = [
    tasks.onDidEndTaskProcess((it) => isOurs(it.execution.task) && over(it.exitCode)),
    // A terminal that is closed ends the task without an exit code.
    tasks.onDidEndTask((it) => {
      if (isOurs(it.execution.task)) setTimeout(() => over(undefined), 500);
    }),
  ];
  const listen = ended.finally(() => {
    for (const it of listeners) it.dispose();
  });
  try {
    if (!isActive) await tasks.executeTask(task);
  } catch (error) {
    over(undefined);
    throw error;
  }
  return stays ? { kind: "started", ended: listen } : { kind: "ended", exitCode: await listen };
}

/**
 * Each command in a container would leave a terminal of its own behind. That of a shell closes with it: VS Code (1.139) may hand it on in just
 * that moment, and would never tell of the end of the task that it gave it to.
 */
function panelFor({ kind }: ComposeAction, stays: boolean): TaskPanelKind {
  if (kind === "shell") return TaskPanelKind.New;
  return stays && kind !== "run" && kind !== "exec" ? TaskPanelKind.Dedicated : TaskPanelKind.Shared;
}

/** `blog: logs of api`. */
function taskName({ label }: ComposeProject, action: ComposeAction): string {
  const of = "services" in action && action.services.length > 0 ? ` ${action.services.join(" ")}` : "";
  const service = "service" in action ? ` ${action.service}` : "";
  return l10n.t("{0}: {1}", label, `${action.kind}${of}${service}`);
}
