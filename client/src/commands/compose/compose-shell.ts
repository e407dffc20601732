import { pickService } from "../../editor/compose/compose-picks.ts";
import type { Command } from "../command.ts";
import { cancelled } from "../with-engine.ts";
import { unlessItRuns } from "./compose-containers.ts";
import { type ComposeResult, type ServiceAnswers, withCompose } from "./with-compose.ts";

/** Opens a shell in the running container of a service: bash where it has one. */
export const composeShell: Command<ServiceAnswers, ComposeResult> = {
  id: "plimsoll.composeShell",
  run: (services, answers) =>
    withCompose(services, composeShell.id, answers, async ({ engine, project, run }) => {
      const service = await pickService(project, answers.service);
      if (service === undefined) return cancelled;
      return (await unlessItRuns(engine, project, service)) ?? run({ kind: "shell", service });
    }),
};
