import { l10n, window } from "vscode";
import { withNotification } from "../../editor/cancellable.ts";
import { pickImage } from "../../editor/images/pick-images.ts";
import {
  smokeCheck as check,
  type SmokeOptions,
  type SmokeReport,
} from "../../engine/containers/smoke-check.ts";
import type { Command, Services } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";

export interface SmokeAnswers extends SmokeOptions {
  readonly image?: string;
}

export type SmokeResult = (SmokeReport & { readonly outcome: "checked"; readonly image: string }) | NotDone;

/** Starts an image, waits until it shows that it works, removes the container and says how it went. */
export const smokeCheck: Command<SmokeAnswers, SmokeResult> = {
  id: "plimsoll.smokeCheck",
  run: (services, answers) =>
    withEngine<SmokeResult>(services, smokeCheck.id, answers, async (engine) => {
      const { image: asked, ...options } = answers;
      const image = asked ?? (await pickImage(engine, services.memory));
      if (image === undefined) return cancelled;
      const report = await withNotification(l10n.t("Does {0} run?", image), (signal) =>
        check(engine, image, optionsOf(options), signal),
      );
      tell(services, image, report);
      return { outcome: "checked", image, ...report };
    }),
};

/** A row of the view hands more over than what counts here. */
function optionsOf({
  port,
  ports,
  limit,
  steady,
  environment,
  mounts,
  init,
  user,
  entrypoint,
  command,
  readOnly,
}: SmokeOptions): SmokeOptions {
  return {
    ...(port !== undefined && { port }),
    ...(ports !== undefined && { ports }),
    ...(limit !== undefined && { limit }),
    ...(steady !== undefined && { steady }),
    ...(environment !== undefined && { environment }),
    ...(mounts !== undefined && { mounts }),
    ...(init !== undefined && { init }),
    ...(user !== undefined && { user }),
    ...(entrypoint !== undefined && { entrypoint }),
    ...(command !== undefined && { command }),
    ...(readOnly !== undefined && { readOnly }),
  };
}

function tell({ documents }: Services, image: string, report: SmokeReport): void {
  if (report.works) {
    void window.showInformationMessage(report.message);
    return;
  }
  const show = l10n.t("Show Output");
  const buttons = report.log.length > 0 ? [show] : [];
  void window.showWarningMessage(report.message, ...buttons).then(async (answer) => {
    if (answer === show) await documents.showText(image, "smoke-check", `${report.log.join("\n")}\n`);
  });
}
