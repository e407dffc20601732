import type { Command } from "../command.ts";
import { composeUp, type UpAnswers } from "./compose-up.ts";
import type { ComposeResult } from "./with-compose.ts";

/** Up with fresh images: for menus, which hand over no answers. */
export const composeUpBuild: Command<UpAnswers, ComposeResult> = {
  id: "plimsoll.composeUpBuild",
  run: (services, answers) => composeUp.run(services, { ...answers, build: true }),
};
