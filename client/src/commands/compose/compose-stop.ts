import { pickServices } from "../../editor/compose/compose-picks.ts";
import type { Command } from "../command.ts";
import { cancelled } from "../with-engine.ts";
import { type ComposeResult, type ServicesAnswers, withCompose } from "./with-compose.ts";

/** Stops containers; they stay. From the palette it asks of which services. */
export const composeStop: Command<ServicesAnswers, ComposeResult> = {
  id: "plimsoll.composeStop",
  run: (services, answers) =>
    withCompose(services, composeStop.id, answers, async ({ project, run }) => {
      const chosen = answers.services ?? (answers.file === undefined ? await pickServices(project) : []);
      return chosen === undefined ? cancelled : run({ kind: "stop", services: chosen });
    }),
};
