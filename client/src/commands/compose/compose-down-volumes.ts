import type { Command } from "../command.ts";
import { composeDown, type DownAnswers } from "./compose-down.ts";
import type { ComposeResult } from "./with-compose.ts";

/** Down with the volumes: for the palette and menus, which hand over no answers. */
export const composeDownVolumes: Command<DownAnswers, ComposeResult> = {
  id: "plimsoll.composeDownVolumes",
  run: (services, answers) => composeDown.run(services, { ...answers, volumes: true }),
};
