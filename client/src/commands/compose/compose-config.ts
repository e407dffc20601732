import path from "node:path";
import { l10n, ProgressLocation, window, workspace } from "vscode";
import { composeArguments } from "../../compose/command-line.ts";
import { maskSecrets } from "../../compose/mask-secrets.ts";
import { composeWarnings, resolvedFile } from "../../compose/resolved-file.ts";
import { runProgram } from "../../programs.ts";
import type { Command } from "../command.ts";
import { cancelled, type NotDone, tellUntrusted } from "../with-engine.ts";
import {
  type ComposeAnswers,
  chosenProfiles,
  findProject,
  type NoCompose,
  noCompose,
} from "./with-compose.ts";

export type ConfigResult =
  | { readonly outcome: "shown"; readonly text: string }
  | { readonly outcome: "compose-failed"; readonly message: string }
  | NoCompose
  | NotDone;

/** Shows the file that Compose makes of all its files, profiles and variables. What looks secret is masked. It needs no engine. */
export const composeConfig: Command<ComposeAnswers, ConfigResult> = {
  id: "plimsoll.composeConfig",
  run: async (services, answers) => {
    if (!workspace.isTrusted) return tellUntrusted();
    const found = await findProject(services, composeConfig.id, answers);
    if ("outcome" in found) return found;
    const { project, program } = found;
    const target = { files: project.chosen, profiles: chosenProfiles(services, project, answers) };
    const stop = new AbortController();
    const ended = await window.withProgress(
      {
        location: ProgressLocation.Notification,
        title: l10n.t("Resolving {0}", path.basename(project.file.fsPath)),
        cancellable: true,
      },
      (_, token) => {
        token.onCancellationRequested(() => stop.abort());
        const args = [...program.arguments, ...composeArguments(target, { kind: "config" })];
        return runProgram(program.program, args, { cwd: project.folder, signal: stop.signal });
      },
    );
    if (stop.signal.aborted) return cancelled;
    if (ended === undefined) {
      services.compose.forget();
      return noCompose(composeConfig.id, answers);
    }
    if (ended.exitCode !== 0) {
      const reason = maskSecrets(ended.errors).trim().split("\n").slice(-3).join(" ");
      const name = path.basename(project.file.fsPath);
      const message =
        reason === ""
          ? l10n.t(
              "Compose could not read {0}, and did not say why. {1}",
              name,
              ended.exitCode === undefined
                ? l10n.t("It was killed.")
                : l10n.t("It ended with {0}.", ended.exitCode),
            )
          : l10n.t("Compose cannot read {0}: {1}", name, reason);
      void window.showErrorMessage(message);
      return { outcome: "compose-failed", message };
    }
    const text = resolvedFile(maskSecrets(ended.printed), composeWarnings(maskSecrets(ended.errors)));
    await services.readOnlyDocuments.show(l10n.t("{0} (resolved).yaml", project.label), text);
    return { outcome: "shown", text };
  },
};
