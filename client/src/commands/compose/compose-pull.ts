import { pickServices } from "../../editor/compose/compose-picks.ts";
import type { Command } from "../command.ts";
import { cancelled } from "../with-engine.ts";
import { type ComposeResult, type ServicesAnswers, withCompose } from "./with-compose.ts";

/** Pulls the images of services. From the palette it asks of which services. */
export const composePull: Command<ServicesAnswers, ComposeResult> = {
  id: "plimsoll.composePull",
  run: (services, answers) =>
    withCompose(services, composePull.id, answers, async ({ project, run }) => {
      const chosen = answers.services ?? (answers.file === undefined ? await pickServices(project) : []);
      return chosen === undefined ? cancelled : run({ kind: "pull", services: chosen });
    }),
};
