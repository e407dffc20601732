import { commands, env, l10n, Uri, window, workspace } from "vscode";
import { type ComposeAction, meansAllProfiles } from "../../compose/command-line.ts";
import { engineEnvironment } from "../../compose/engine-environment.ts";
import type { ComposeProgram } from "../../compose/program.ts";
import { type ComposeProject, readComposeProject } from "../../editor/compose/compose-project.ts";
import { runComposeTask } from "../../editor/compose/compose-task.ts";
import { pickComposeFile } from "../../editor/compose/pick-compose-file.ts";
import { withLateProgress } from "../../editor/late-progress.ts";
import { saveChanges } from "../../editor/save-file.ts";
import type { Engine } from "../../engine/engine.ts";
import { composeProgram } from "../../settings.ts";
import type { Services } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";

/** What every command of Compose can be told beforehand. */
export interface ComposeAnswers {
  /** A path or a URI. */
  readonly file?: string;
  /** Instead of those that were chosen last. */
  readonly profiles?: readonly string[];
}

export interface ServicesAnswers extends ComposeAnswers {
  /** None for all. */
  readonly services?: readonly string[];
}

export interface ServiceAnswers extends ComposeAnswers {
  readonly service?: string;
}

export type NoCompose = { readonly outcome: "no-compose"; readonly message: string };

/** What is asked for needs a container that is there, or runs. */
export type NoContainer = { readonly outcome: "no-container"; readonly message: string };

export type ComposeResult =
  /** It goes on in its terminal. */
  | { readonly outcome: "started"; readonly profiles: readonly string[] }
  | { readonly outcome: "done"; readonly profiles: readonly string[] }
  | { readonly outcome: "compose-failed"; readonly exitCode: number }
  | NoContainer
  | NoCompose
  | NotDone;

/** A project, and what runs Compose for it. */
export interface ComposeWork {
  readonly engine: Engine;
  readonly project: ComposeProject;
  readonly program: ComposeProgram;
  /** Runs Compose as a task; when it fails, the user is told that the terminal says why. */
  run(action: ComposeAction, profiles?: readonly string[]): Promise<ComposeResult>;
}

/** Runs `act` with the project of a Compose file, where there is an engine and a Compose. */
export function withCompose<Result>(
  services: Services,
  commandId: string,
  answers: ComposeAnswers,
  act: (work: ComposeWork) => Promise<Result>,
): Promise<Result | NoCompose | NotDone> {
  return withEngine<Result | NoCompose | NotDone>(services, commandId, answers, async (engine) => {
    services.composeStates.look();
    const found = await findProject(services, commandId, answers);
    if ("outcome" in found) return found;
    const { program, project } = found;
    return act({
      engine,
      project,
      program,
      run(action, chosen) {
        const all = meansAllProfiles(action) ? (answers.profiles ?? project.profiles) : undefined;
        const profiles = chosen ?? all ?? chosenProfiles(services, project, answers);
        return runTask(services, engine, found, action, profiles);
      },
    });
  });
}

/** The project of the file that is meant, as it is on the screen, and the program for it. */
export async function findProject(
  services: Services,
  commandId: string,
  answers: ComposeAnswers,
): Promise<{ readonly program: ComposeProgram; readonly project: ComposeProject } | NoCompose | NotDone> {
  const file = await pickComposeFile(answers.file);
  if (file === undefined) return cancelled;
  let isLeft = false;
  // A program that does not answer is waited for some time.
  const program = await withLateProgress(l10n.t("Looking for Docker Compose"), (signal) => {
    signal.addEventListener("abort", () => {
      isLeft = true;
    });
    return services.compose.program(signal);
  });
  if (isLeft) return cancelled;
  if (program === undefined) return noCompose(commandId, answers);
  const open = workspace.textDocuments.find((it) => it.uri.fsPath === file.fsPath);
  if (open !== undefined && !(await saveChanges(open))) return cancelled;
  return { program, project: await readComposeProject(file, services.language) };
}

/** Those of the last time that the file still has, or the usual ones. */
export function chosenProfiles(
  { composeMemory }: Services,
  { file, profiles, usualProfiles }: ComposeProject,
  answers: ComposeAnswers,
): readonly string[] {
  return (
    answers.profiles ??
    (composeMemory.profiles(file.fsPath) ?? usualProfiles).filter((it) => profiles.includes(it))
  );
}

async function runTask(
  services: Services,
  engine: Engine,
  { program, project }: Pick<ComposeWork, "program" | "project">,
  action: ComposeAction,
  profiles: readonly string[],
): Promise<ComposeResult> {
  const environment = engineEnvironment(engine.address, engine.addressFrom);
  const end = await runComposeTask({ program, project, profiles, action, environment });
  if (end.kind === "started") {
    if (action.kind === "shell") tellNoShell(action.service, end.ended);
    return { outcome: "started", profiles };
  }
  // It may have built or pulled.
  services.images.refresh();
  if (end.exitCode === 0) return { outcome: "done", profiles };
  // It may be gone since it was found, or be another one.
  services.compose.forget();
  if (end.exitCode === undefined) return cancelled;
  // Where that is the engine's fault, what is said is how to have it back.
  await engine.info();
  void window.showErrorMessage(
    l10n.t(
      "Compose could not do “{0}” for {1}: it ended with {2}. Its terminal says why.",
      action.kind,
      project.label,
      end.exitCode,
    ),
  );
  return { outcome: "compose-failed", exitCode: end.exitCode };
}

/** As shells, and Docker for them, say that a program is not there or may not be run. */
const notRun = new Set([126, 127]);
/** A shell that ends sooner was hardly left by who opened it. ms. */
const tooSoon = 5_000;

/** The terminal of a shell closes with it, whatever it says there. */
function tellNoShell(service: string, ended: Promise<number | undefined>): void {
  const began = performance.now();
  void ended.then((exitCode) => {
    if (exitCode === undefined || !notRun.has(exitCode) || performance.now() - began > tooSoon) return;
    void window.showErrorMessage(
      l10n.t(
        "No shell could be opened in {0}: its image may have none. (It ended with {1}.)",
        service,
        exitCode,
      ),
    );
  });
}

/** Tells that Compose is not there, with a way to install it or to name another program; the command is tried again after that. */
export function noCompose(commandId: string, answers: object): NoCompose {
  const setting = composeProgram().trim();
  const message =
    setting === ""
      ? l10n.t(
          "Docker Compose was not found: neither “docker compose” nor “docker-compose” runs here. Install the Compose plugin, or name another program in the settings.",
        )
      : l10n.t(
          "“{0}” runs no Compose here. Correct the setting plimsoll.compose.program, or leave it empty to use what is installed.",
          setting,
        );
  const again = l10n.t("Try Again");
  const howTo = l10n.t("How to Install");
  const settings = l10n.t("Settings");
  void window.showWarningMessage(message, again, howTo, settings).then((answer) => {
    if (answer === again) return commands.executeCommand(commandId, answers);
    if (answer === howTo) return env.openExternal(Uri.parse("https://docs.docker.com/compose/install/"));
    if (answer === settings)
      return commands.executeCommand("workbench.action.openSettings", "plimsoll.compose.program");
    return undefined;
  });
  return { outcome: "no-compose", message };
}
