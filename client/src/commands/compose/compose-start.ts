import { pickServices } from "../../editor/compose/compose-picks.ts";
import type { Command } from "../command.ts";
import { cancelled } from "../with-engine.ts";
import { type ComposeResult, type ServicesAnswers, withCompose } from "./with-compose.ts";

/** Starts containers that are there and stopped. From the palette it asks of which services. */
export const composeStart: Command<ServicesAnswers, ComposeResult> = {
  id: "plimsoll.composeStart",
  run: (services, answers) =>
    withCompose(services, composeStart.id, answers, async ({ project, run }) => {
      const chosen = answers.services ?? (answers.file === undefined ? await pickServices(project) : []);
      return chosen === undefined ? cancelled : run({ kind: "start", services: chosen });
    }),
};
