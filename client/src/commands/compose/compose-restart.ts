import { pickServices } from "../../editor/compose/compose-picks.ts";
import type { Command } from "../command.ts";
import { cancelled } from "../with-engine.ts";
import { type ComposeResult, type ServicesAnswers, withCompose } from "./with-compose.ts";

/** Stops and starts containers. From the palette it asks of which services. */
export const composeRestart: Command<ServicesAnswers, ComposeResult> = {
  id: "plimsoll.composeRestart",
  run: (services, answers) =>
    withCompose(services, composeRestart.id, answers, async ({ project, run }) => {
      const chosen = answers.services ?? (answers.file === undefined ? await pickServices(project) : []);
      return chosen === undefined ? cancelled : run({ kind: "restart", services: chosen });
    }),
};
