import { posix } from "node:path";
import { commands, l10n, Uri, window } from "vscode";
import type { SourceMessage } from "../../builds/source-places.ts";
import type { BuildTally } from "../../editor/builds/build-progress.ts";
import { showPlace } from "../../editor/show-place.ts";
import type { ImageDetails } from "../../engine/engine.ts";
import { formatBytes, formatDuration } from "../../shared/figures.ts";
import type { LinePlace } from "../../shared/server-messages.ts";
import type { OngoingBuild } from "./ongoing-build.ts";

/** In the log always; in a notification, with what one may want next, where no console tells. */
export function tellSuccess(
  { log, plan, console }: OngoingBuild,
  { milliseconds, steps, cachedSteps }: BuildTally,
  { unpackedSize, compressedSize }: ImageDetails,
): void {
  const size =
    compressedSize === undefined
      ? l10n.t("{0} unpacked", formatBytes(unpackedSize))
      : l10n.t("{0} unpacked, {1} compressed", formatBytes(unpackedSize), formatBytes(compressedSize));
  const message = l10n.t("Built {0} in {1}: {2}.", plan.tag, formatDuration(milliseconds), size);
  log.line(`${message} ${l10n.t("{0} of {1} steps came from the cache.", cachedSteps, steps)}`);
  if (console !== undefined) return;

  const compare = l10n.t("Compare");
  const run = l10n.t("Run");
  void window.showInformationMessage(message, compare, run).then((answer) => {
    if (answer === compare)
      return commands.executeCommand("plimsoll.compareImageSizes", {
        ...{ preselected: [plan.tag], preselectedDockerfile: plan.file.fsPath },
      });
    if (answer === run)
      return commands.executeCommand("plimsoll.runImage", { image: plan.tag, confirm: true });
    return undefined;
  });
}

/** `text` says why. The notification leads to the source that a compiler named, to the line and to the log. */
export function tellFailure(
  { services, plan, building, console }: OngoingBuild,
  place: LinePlace | undefined,
  text: string,
  sources: readonly SourceMessage[],
): void {
  if (console !== undefined) return;
  const { file, tag } = plan;
  const source = sources.find((it) => it.severity === "error");
  const showLog = l10n.t("Show Log");
  const offers = [
    ...(source === undefined
      ? []
      : [
          {
            title: l10n.t("Show {0}", `${posix.basename(source.source)}:${source.line}`),
            act: () =>
              showPlace(Uri.joinPath(Uri.file(plan.request.context), source.source), source.line - 1),
          },
        ]),
    ...(place === undefined ? [] : [{ title: l10n.t("Show Line"), act: () => showPlace(file, place.line) }]),
    { title: showLog, act: () => void services.buildLogs.show(building.record.id) },
  ];
  const where = place === undefined ? "" : ` (${l10n.t("line {0}", place.line + 1)})`;
  const message = l10n.t("{0} was not built{1}: {2}", tag, where, text);
  void window
    .showErrorMessage(message, ...offers.map((it) => it.title))
    .then((answer) => offers.find((it) => it.title === answer)?.act());
}

/** As compilers write, and as the matcher `$plimsoll-build` reads. */
export function inOneLine(
  context: string,
  { source, line, column, severity, message }: SourceMessage,
): string {
  const place = column === undefined ? `${line}` : `${line}:${column}`;
  return `${Uri.joinPath(Uri.file(context), source).fsPath}:${place}: ${severity}: ${message}`;
}
