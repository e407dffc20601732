import { commands, type Disposable, Uri } from "vscode";
import { TreeEntry } from "../editor/tree-entry.ts";
import { applyVariant } from "./apply-variant.ts";
import { buildAgain } from "./build-again.ts";
import { buildImage } from "./build-image.ts";
import { buildService } from "./build-service.ts";
import { cancelBuild } from "./cancel-build.ts";
import { checkEngine } from "./check-engine.ts";
import { chooseEngine } from "./choose-engine.ts";
import { chooseReporter } from "./choose-reporter.ts";
import type { Command, Services } from "./command.ts";
import { compareImageSizes } from "./compare-image-sizes.ts";
import { compareWithBuildBefore } from "./compare-with-build-before.ts";
import { compareWithEarlierBuild } from "./compare-with-earlier-build.ts";
import { compareWithRegistry } from "./compare-with-registry.ts";
import { compareWithRevision } from "./compare-with-revision.ts";
import { composeConfig } from "./compose-config.ts";
import { composeDown } from "./compose-down.ts";
import { composeDownVolumes } from "./compose-down-volumes.ts";
import { composeExec } from "./compose-exec.ts";
import { composeLogs } from "./compose-logs.ts";
import { composePull } from "./compose-pull.ts";
import { composeRestart } from "./compose-restart.ts";
import { composeRun } from "./compose-run.ts";
import { composeService } from "./compose-service.ts";
import { composeShell } from "./compose-shell.ts";
import { composeStart } from "./compose-start.ts";
import { composeStop } from "./compose-stop.ts";
import { composeUp } from "./compose-up.ts";
import { composeUpBuild } from "./compose-up-build.ts";
import { composeWatch } from "./compose-watch.ts";
import { restartContainer, startContainer, stopContainer } from "./container-commands.ts";
import { copyId, copyName } from "./copy-text.ts";
import { fixAll } from "./fix-all.ts";
import { inspectContainer } from "./inspect-container.ts";
import { inspectImage } from "./inspect-image.ts";
import { measureTransfer } from "./measure-transfer.ts";
import { openImageFile } from "./open-image-file.ts";
import { openInBrowser } from "./open-in-browser.ts";
import { openSample } from "./open-sample.ts";
import { openShell } from "./open-shell.ts";
import { prune } from "./prune.ts";
import { pullImage } from "./pull-image.ts";
import { pushImage } from "./push-image.ts";
import { readComparedFiles } from "./read-compared-files.ts";
import { refreshViews } from "./refresh-views.ts";
import { removeBuild, removeBuilds } from "./remove-build.ts";
import { removeContainer } from "./remove-container.ts";
import { removeImage } from "./remove-image.ts";
import { runImage } from "./run-image.ts";
import { runningImage } from "./running-image.ts";
import { scanImage } from "./scan-image.ts";
import { showBuildLog } from "./show-build-log.ts";
import { showContainerLogs } from "./show-container-logs.ts";
import { showEffectiveCompose } from "./show-effective-compose.ts";
import { showSizeHistory } from "./show-size-history.ts";
import { showStepLine } from "./show-step-line.ts";
import { showLogOfStep } from "./show-step-log.ts";
import { smokeCheck } from "./smoke-check.ts";
import { stopImage } from "./stop-image.ts";
import { tagImage } from "./tag-image.ts";
import { tryVariants } from "./try-variants.ts";
import { weighImage } from "./weigh-image.ts";

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
