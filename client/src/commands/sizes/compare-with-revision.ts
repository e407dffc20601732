import { commands } from "vscode";
import { pickDockerfile } from "../../editor/pick-dockerfile.ts";
import { currentImage } from "../builds/current-image.ts";
import type { Command } from "../command.ts";
import { cancelled, withEngine } from "../with-engine.ts";
import type { CompareResult } from "./compare-image-sizes.ts";
import { imageAtRevision, type NoRevision } from "./image-at-revision.ts";

export interface RevisionAnswers {
  /** Absolute path. */
  readonly dockerfile?: string;
  /** A stage's name; the final stage when absent. */
  readonly target?: string;
  /** What git understands: `main~3`, `v1.2`, a commit; asked for when absent. */
  readonly revision?: string;
}

export type RevisionResult = CompareResult | NoRevision;

/** Builds the Dockerfile as it was at another git revision, and weighs its last image against that one. */
export const compareWithRevision: Command<RevisionAnswers, RevisionResult> = {
  id: "plimsoll.compareWithRevision",
  run: (services, answers) =>
    withEngine<RevisionResult>(services, compareWithRevision.id, answers, async (engine) => {
      const file = await pickDockerfile(answers.dockerfile);
      if (file === undefined) return cancelled;
      const { target, revision } = answers;
      const then = await imageAtRevision(services, engine, file.fsPath, target, revision);
      if ("outcome" in then) return then;
      const now = await currentImage(services, engine, file.fsPath, target);
      if (now === undefined) return cancelled;
      return commands.executeCommand<CompareResult>("plimsoll.compareImageSizes", {
        images: [then.imageId, now.imageId],
        labels: [then.label, now.tag],
      });
    }),
};
