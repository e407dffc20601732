import { commands, workspace } from "vscode";
import type { BuildRow } from "../../editor/builds/builds-view.ts";
import type { Command } from "../command.ts";
import { tellUntrusted } from "../with-engine.ts";
import type { BuildResult } from "./build-image.ts";

/** Builds once more what was built, with the same answers. What looked secret in them is asked for again. */
export const buildAgain: Command<BuildRow, BuildResult | { readonly outcome: "unknown" }> = {
  id: "plimsoll.buildAgain",
  async run({ builds }, { build }) {
    if (!workspace.isTrusted) return tellUntrusted();
    const record = builds.find(build);
    if (record === undefined) return { outcome: "unknown" };
    const { repeat, repeatWith = "plimsoll.buildImage" } = record.subject;
    return commands.executeCommand<BuildResult>(repeatWith, repeat);
  },
};
