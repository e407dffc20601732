import { commands, l10n, window, workspace } from "vscode";
import type { BuildRow } from "../../editor/builds/builds-view.ts";
import type { Command } from "../command.ts";
import { tellUntrusted } from "../with-engine.ts";
import type { CompareResult } from "./compare-image-sizes.ts";

/** Weighs the image of a build against the one that the same stage was built to before. */
export const compareWithBuildBefore: Command<
  BuildRow,
  CompareResult | { readonly outcome: "nothing-before" }
> = {
  id: "plimsoll.compareWithBuildBefore",
  async run({ builds }, { build }) {
    if (!workspace.isTrusted) return tellUntrusted();
    const record = builds.find(build);
    if (record?.end?.state !== "built" || record.end.before === undefined) {
      void window.showInformationMessage(l10n.t("There is no earlier image of this build to compare with."));
      return { outcome: "nothing-before" };
    }
    const { imageId, before } = record.end;
    return commands.executeCommand<CompareResult>("plimsoll.compareImageSizes", {
      images: [before, imageId],
      labels: [l10n.t("{0} before", record.subject.tag), record.subject.tag],
    });
  },
};
