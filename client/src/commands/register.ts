import { commands, type Disposable, Uri } from "vscode";
import { TreeEntry } from "../editor/tree-entry.ts";
import { buildAgain } from "./builds/build-again.ts";
import { buildImage } from "./builds/build-image.ts";
import { buildService } from "./builds/build-service.ts";
import { cancelBuild } from "./builds/cancel-build.ts";
import { removeBuild, removeBuilds } from "./builds/remove-build.ts";
import { showBuildLog } from "./builds/show-build-log.ts";
import { showStepLine } from "./builds/show-step-line.ts";
import { showLogOfStep } from "./builds/show-step-log.ts";
import { checkEngine } from "./check-engine.ts";
import { chooseEngine } from "./choose-engine.ts";
import { chooseReporter } from "./choose-reporter.ts";
import type { Command, Services } from "./command.ts";
import { composeConfig } from "./compose/compose-config.ts";
import { composeDown } from "./compose/compose-down.ts";
import { composeDownVolumes } from "./compose/compose-down-volumes.ts";
import { composeExec } from "./compose/compose-exec.ts";
import { composeLogs } from "./compose/compose-logs.ts";
import { composePull } from "./compose/compose-pull.ts";
import { composeRestart } from "./compose/compose-restart.ts";
import { composeRun } from "./compose/compose-run.ts";
import { composeService } from "./compose/compose-service.ts";
import { composeShell } from "./compose/compose-shell.ts";
import { composeStart } from "./compose/compose-start.ts";
import { composeStop } from "./compose/compose-stop.ts";
import { composeUp } from "./compose/compose-up.ts";
import { composeUpBuild } from "./compose/compose-up-build.ts";
import { composeWatch } from "./compose/compose-watch.ts";
import { showEffectiveCompose } from "./compose/show-effective-compose.ts";
import { restartContainer, startContainer, stopContainer } from "./containers/container-commands.ts";
import { inspectContainer } from "./containers/inspect-container.ts";
import { openInBrowser } from "./containers/open-in-browser.ts";
import { openShell } from "./containers/open-shell.ts";
import { removeContainer } from "./containers/remove-container.ts";
import { showContainerLogs } from "./containers/show-container-logs.ts";
import { fixAll } from "./fix-all.ts";
import { copyId, copyName } from "./images/copy-text.ts";
import { inspectImage } from "./images/inspect-image.ts";
import { openImageFile } from "./images/open-image-file.ts";
import { prune } from "./images/prune.ts";
import { pullImage } from "./images/pull-image.ts";
import { pushImage } from "./images/push-image.ts";
import { removeImage } from "./images/remove-image.ts";
import { runImage } from "./images/run-image.ts";
import { runningImage } from "./images/running-image.ts";
import { scanImage } from "./images/scan-image.ts";
import { smokeCheck } from "./images/smoke-check.ts";
import { stopImage } from "./images/stop-image.ts";
import { tagImage } from "./images/tag-image.ts";
import { openSample } from "./open-sample.ts";
import { refreshViews } from "./refresh-views.ts";
import { compareImageSizes } from "./sizes/compare-image-sizes.ts";
import { compareWithBuildBefore } from "./sizes/compare-with-build-before.ts";
import { compareWithEarlierBuild } from "./sizes/compare-with-earlier-build.ts";
import { compareWithRegistry } from "./sizes/compare-with-registry.ts";
import { compareWithRevision } from "./sizes/compare-with-revision.ts";
import { measureTransfer } from "./sizes/measure-transfer.ts";
import { readComparedFiles } from "./sizes/read-compared-files.ts";
import { showSizeHistory } from "./sizes/show-size-history.ts";
import { weighImage } from "./sizes/weigh-image.ts";
import { applyVariant } from "./variants/apply-variant.ts";
import { tryVariants } from "./variants/try-variants.ts";

export function registerCommands(services: Services): Disposable[] {
  return [
    register(services, applyVariant),
    register(services, buildAgain),
    register(services, buildImage),
    register(services, buildService),
    register(services, cancelBuild),
    register(services, checkEngine),
    register(services, chooseEngine),
    register(services, chooseReporter),
    register(services, compareImageSizes),
    register(services, copyId),
    register(services, copyName),
    register(services, compareWithBuildBefore),
    register(services, compareWithEarlierBuild),
    register(services, compareWithRegistry),
    register(services, compareWithRevision),
    register(services, composeConfig),
    register(services, composeDown),
    register(services, composeDownVolumes),
    register(services, composeExec),
    register(services, composeLogs),
    register(services, composePull),
    register(services, composeRestart),
    register(services, composeRun),
    register(services, composeService),
    register(services, composeShell),
    register(services, composeStart),
    register(services, composeStop),
    register(services, composeUp),
    register(services, composeUpBuild),
    register(services, composeWatch),
    register(services, fixAll),
    register(services, inspectContainer),
    register(services, inspectImage),
    register(services, measureTransfer),
    register(services, openImageFile),
    register(services, openInBrowser),
    register(services, openSample),
    register(services, openShell),
    register(services, prune),
    register(services, pullImage),
    register(services, pushImage),
    register(services, readComparedFiles),
    register(services, refreshViews),
    register(services, removeContainer),
    register(services, removeImage),
    register(services, restartContainer),
    register(services, runImage),
    register(services, runningImage),
    register(services, scanImage),
    register(services, showBuildLog),
    register(services, showContainerLogs),
    register(services, showEffectiveCompose),
    register(services, showSizeHistory),
    register(services, smokeCheck),
    register(services, startContainer),
    register(services, stopContainer),
    register(services, removeBuild),
    register(services, removeBuilds),
    register(services, showStepLine),
    register(services, showLogOfStep),
    register(services, stopImage),
    register(services, tagImage),
    register(services, tryVariants),
    register(services, weighImage),
  ];
}

function register<Answers extends object, Result>(
  services: Services,
  command: Command<Answers, Result>,
): Disposable {
  return commands.registerCommand(command.id, (first?: Answers | Uri | TreeEntry, selected?: unknown) =>
    command.run(services, answersFrom(first, selected)),
  );
}

/** Menus of the explorer and of editor titles hand over the file as a URI, views their rows, lenses and callers an object. */
function answersFrom<Answers extends object>(
  first: Answers | Uri | TreeEntry | undefined,
  selected: unknown,
): Answers {
  if (first instanceof Uri) return { dockerfile: first.fsPath, file: first.toString() } as unknown as Answers;
  if (first instanceof TreeEntry)
    return first.answers(Array.isArray(selected) ? selected : undefined) as Answers;
  return first ?? ({} as Answers);
}
