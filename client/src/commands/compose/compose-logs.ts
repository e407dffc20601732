import { pickServices } from "../../editor/compose/compose-picks.ts";
import type { Command } from "../command.ts";
import { cancelled } from "../with-engine.ts";
import { unlessOneIsThere } from "./compose-containers.ts";
import { type ComposeResult, type ServicesAnswers, withCompose } from "./with-compose.ts";

/** Follows what services write, in a terminal. From the palette it asks of which services. */
export const composeLogs: Command<ServicesAnswers, ComposeResult> = {
  id: "plimsoll.composeLogs",
  run: (services, answers) =>
    withCompose(services, composeLogs.id, answers, async ({ engine, project, run }) => {
      const chosen = answers.services ?? (answers.file === undefined ? await pickServices(project) : []);
      if (chosen === undefined) return cancelled;
      return (await unlessOneIsThere(engine, project, chosen)) ?? run({ kind: "logs", services: chosen });
    }),
};
