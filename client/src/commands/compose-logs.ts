import { pickServices } from "../editor/compose-picks.ts";
import type { Command } from "./command.ts";
import { type ComposeResult, type ServicesAnswers, withCompose } from "./with-compose.ts";
import { cancelled } from "./with-engine.ts";

/** Follows what services write, in a terminal. From the palette it asks of which services. */
export const composeLogs: Command<ServicesAnswers, ComposeResult> = {
  id: "plimsoll.composeLogs",
  run: (services, answers) =>
    withCompose(services, composeLogs.id, answers, async ({ project, run }) => {
      const chosen = answers.services ?? (answers.file === undefined ? await pickServices(project) : []);
      return chosen === undefined ? cancelled : run({ kind: "logs", services: chosen });
    }),
};
