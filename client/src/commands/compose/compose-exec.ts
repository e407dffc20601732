import { l10n } from "vscode";
import { askCommand } from "../../editor/ask-command.ts";
import { pickService } from "../../editor/compose/compose-picks.ts";
import type { Command } from "../command.ts";
import { cancelled } from "../with-engine.ts";
import { unlessItRuns } from "./compose-containers.ts";
import { type ComposeResult, type ServiceAnswers, withCompose } from "./with-compose.ts";

export interface ExecCommandAnswers extends ServiceAnswers {
  /** Program and arguments. */
  readonly command?: readonly string[];
}

/** Runs a command in the running container of a service. */
export const composeExec: Command<ExecCommandAnswers, ComposeResult> = {
  id: "plimsoll.composeExec",
  run: (services, answers) =>
    withCompose(services, composeExec.id, answers, async ({ engine, project, run }) => {
      const service = await pickService(project, answers.service);
      if (service === undefined) return cancelled;
      const missing = await unlessItRuns(engine, project, service);
      if (missing !== undefined) return missing;
      const command =
        answers.command ??
        (await askCommand(
          l10n.t("Run a Command in {0}", service),
          l10n.t("A command with its arguments, such as “ls -l /data”"),
          false,
        ));
      return command === undefined ? cancelled : run({ kind: "exec", service, command });
    }),
};
