import { l10n } from "vscode";
import { askCommand } from "../../editor/ask-command.ts";
import { pickService } from "../../editor/compose/compose-picks.ts";
import type { Command } from "../command.ts";
import { cancelled } from "../with-engine.ts";
import { type ComposeResult, type ServiceAnswers, withCompose } from "./with-compose.ts";

export interface RunCommandAnswers extends ServiceAnswers {
  /** Program and arguments. */
  readonly command?: readonly string[];
}

/** Runs a command in a new container of a service, which goes with it. */
export const composeRun: Command<RunCommandAnswers, ComposeResult> = {
  id: "plimsoll.composeRun",
  run: (services, answers) =>
    withCompose(services, composeRun.id, answers, async ({ project, run }) => {
      const service = await pickService(project, answers.service);
      if (service === undefined) return cancelled;
      const command =
        answers.command ??
        (await askCommand(
          l10n.t("Run a Command of {0}", service),
          l10n.t("A command with its arguments, such as “migrate up”; empty for the service's own"),
          true,
        ));
      return command === undefined ? cancelled : run({ kind: "run", service, command });
    }),
};
