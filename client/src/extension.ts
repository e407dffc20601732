import { type Disposable, type ExtensionContext, languages, type Uri, window, workspace } from "vscode";
import { buildForTask } from "./commands/builds/build-for-task.ts";
import { choose } from "./commands/choose-reporter.ts";
import { registerCommands } from "./commands/register.ts";
import { provideBuildTasks } from "./editor/builds/build-tasks.ts";
import type { ShownRow } from "./editor/builds/builds-view.ts";
import { provideStepLogs } from "./editor/builds/step-logs.ts";
import { composeLenses } from "./editor/compose/compose-lenses.ts";
import { composeParts } from "./editor/compose/compose-parts.ts";
import { composeTyping } from "./editor/compose/compose-typing.ts";
import { serviceLenses } from "./editor/compose/service-lenses.ts";
import type { ShownNote } from "./editor/line-notes.ts";
import { promptLenses } from "./editor/prompt-lenses.ts";
import { askOnce } from "./editor/reporter-choice.ts";
import { wasteActions } from "./editor/sizes/waste-actions.ts";
import { stageLenses } from "./editor/stage-lenses.ts";
import { variantActionKinds, variantActions } from "./editor/variants/variant-actions.ts";
import { composeFiles, dockerfiles } from "./language-server.ts";
import { type Started, startServices } from "./start-services.ts";

/** What the extension shows that no API of VS Code can be asked for. */
export interface Shown {
  /** The rows of a view, those below others indented: `label | description | context value`. */
  images(): Promise<readonly string[]>;
  containers(): Promise<readonly string[]>;
  /** The rows of the Builds view from the top, with what they show and what commands of their menus are given. */
  builds(): Promise<readonly ShownRow[]>;
  /** What the status bar says of the active Dockerfile's image; undefined while it says nothing. */
  size(): string | undefined;
  /** What stands beside the lines of a visible Dockerfile; lines from 0. */
  times(dockerfile: Uri): readonly ShownNote[];
  sizes(dockerfile: Uri): readonly ShownNote[];
}

let started: Started | undefined;

/**
 * Starts the language server and registers what the user can ask for. An engine is looked for when a command needs one, and in a
 * trusted workspace when a document names an image.
 */
export function activate(context: ExtensionContext): Shown {
  const began = performance.now();
  const log = window.createOutputChannel("Plimsoll", { log: true });
  const now = startServices(context, log);
  started = now;
  const { language, builds, lineSizes, stepTimes } = now.services;
  context.subscriptions.push(
    ...registerCommands(now.services),
    ...now.disposables,
    composeTyping(),
    composeParts(language, (error) => log.error(error instanceof Error ? error : String(error))),
    ...shownInFiles(now),
    ...followed(now),
    provideBuildTasks(language, buildForTask(now.services)),
    ...provideStepLogs(builds),
  );
  askOnce(context.globalState, (other, reporter) =>
    choose({ language, state: context.globalState }, other, reporter),
  ).catch((error) => log.error(error));
  log.info(`Activated in ${(performance.now() - began).toFixed(1)} ms`);
  return {
    builds: () => now.buildsView.rows(),
    containers: () => now.containerView.rows(),
    images: () => now.imageView.rows(),
    sizes: (dockerfile) => lineSizes.shown(dockerfile),
    size: () => now.sizeStatus.text,
    times: (dockerfile) => stepTimes.shown(dockerfile),
  };
}

/** Lenses and light bulbs beside those of the language server. */
function shownInFiles({ services, estimates, sizesChanged }: Started): Disposable[] {
  const { language, lineSizes, sizeRecords, stepTimes, memory, composeStates } = services;
  return [
    languages.registerCodeLensProvider(
      dockerfiles,
      promptLenses(
        stageLenses(
          language,
          { sizes: lineSizes, records: sizeRecords, times: stepTimes, memory, estimates },
          sizesChanged.event,
        ),
      ),
    ),
    languages.registerCodeLensProvider(composeFiles, promptLenses(composeLenses(language, composeStates))),
    languages.registerCodeLensProvider(composeFiles, promptLenses(serviceLenses(language))),
    languages.registerCodeActionsProvider(dockerfiles, wasteActions),
    languages.registerCodeActionsProvider(dockerfiles, variantActions(language), {
      providedCodeActionKinds: variantActionKinds,
    }),
  ];
}

/** What has to be looked at anew when settings, trust or recorded sizes change. */
function followed({ services, sizesChanged }: Started): Disposable[] {
  const { compose, composeStates, engine, engineChoice, images, log, sizeRecords, status, views } = services;
  return [
    workspace.onDidChangeConfiguration((it) => {
      if (it.affectsConfiguration("plimsoll.compose")) compose.forget();
      if (it.affectsConfiguration("plimsoll.sizeBudget")) sizesChanged.fire();
      if (!it.affectsConfiguration("plimsoll.engine")) return;
      if (it.affectsConfiguration("plimsoll.engine.host")) {
        // What was said last counts.
        engineChoice.keep(undefined).catch((error) => log.error(error));
        status.forget();
      }
      engine.forget();
      composeStates.lookAnew();
      images.refresh();
      views.retry();
    }),
    workspace.onDidGrantWorkspaceTrust(() => images.refresh()),
    sizeRecords.onChange(() => sizesChanged.fire()),
  ];
}

export async function deactivate(): Promise<void> {
  const { running, images, language } = started?.services ?? {};
  await Promise.all([running?.dispose(), images?.stop(), language?.stop()]);
}
