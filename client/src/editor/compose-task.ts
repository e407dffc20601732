import {
  l10n,
  ProcessExecution,
  Task,
  TaskPanelKind,
  TaskRevealKind,
  TaskScope,
  tasks,
  workspace,
} from "vscode";
import { type ComposeAction, composeArguments, goesOn } from "../compose/command-line.ts";
import type { ComposeProgram } from "../compose/program.ts";
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
  | { readonly kind: "started" }
  /** `exitCode` is undefined when the user ended it. */
  | { readonly kind: "ended"; readonly exitCode: number | undefined };

/**
 * Runs Compose as a task, in a terminal. What ends by itself is waited for, and shares one terminal; what goes on (logs, a shell) has
 * its own and is only started.
 */
export async function runComposeTask(run: ComposeRun): Promise<ComposeEnd> {
  const { program, project, profiles, action, environment } = run;
  const stays = goesOn(action);
  // As a process: no shell reads the arguments, so nothing depends on which one the user has.
  const execution = new ProcessExecution(
    program.program,
    [...program.arguments, ...composeArguments({ files: project.chosen, profiles }, action)],
    { cwd: project.folder, env: { ...environment } },
  );
  const task = new Task(
    { type: "plimsoll-compose", project: project.file.toString(), action: JSON.stringify(action) },
    workspace.getWorkspaceFolder(project.file) ?? TaskScope.Workspace,
    taskName(project, action),
    "Plimsoll",
    execution,
    [],
  );
  task.isBackground = stays;
  task.presentationOptions = {
    reveal: TaskRevealKind.Always,
    panel: stays ? TaskPanelKind.Dedicated : TaskPanelKind.Shared,
    focus: ["run", "exec", "shell"].includes(action.kind),
    showReuseMessage: false,
    clear: false,
  };
  // The listener has to be there first: a program that fails at once has ended before the task is known to have started.
  let over: (exitCode: number | undefined) => void = () => {};
  const ended = new Promise<number | undefined>((resolve) => {
    over = resolve;
  });
  const isOurs = (other: Task) =>
    other.definition["action"] === task.definition["action"] && other.name === task.name;
  const listeners = [
    tasks.onDidEndTaskProcess((it) => isOurs(it.execution.task) && over(it.exitCode)),
    // A terminal that is closed ends the task without an exit code.
    tasks.onDidEndTask((it) => {
      if (isOurs(it.execution.task)) setTimeout(() => over(undefined), 500);
    }),
  ];
  try {
    await tasks.executeTask(task);
    return stays ? { kind: "started" } : { kind: "ended", exitCode: await ended };
  } finally {
    for (const it of listeners) it.dispose();
  }
}

/** `blog: logs of api`. */
function taskName({ label }: ComposeProject, action: ComposeAction): string {
  const of = "services" in action && action.services.length > 0 ? ` ${action.services.join(" ")}` : "";
  const service = "service" in action ? ` ${action.service}` : "";
  return l10n.t("{0}: {1}", label, `${action.kind}${of}${service}`);
}
