import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { l10n, ProgressLocation, window } from "vscode";
import { withNotification } from "../../editor/cancellable.ts";
import type { Engine } from "../../engine/engine.ts";
import { type Ended, runProgram } from "../../programs.ts";
import type { ScanReport, Unread } from "../../scan/report.ts";
import {
  isReachedByScanners,
  readReport,
  type Scanner,
  scanArguments,
  scanFailure,
  scannerCandidates,
  tellsOfDownload,
} from "../../scan/scanner.ts";
import { scanProgram } from "../../settings.ts";
import { formatBytes } from "../../shared/figures.ts";

/** A report, or why there is none; undefined where there is no scanner. */
export type Scanned =
  | { readonly report: ScanReport }
  | { readonly outcome: "scan-failed"; readonly message: string }
  | { readonly outcome: "cancelled" }
  | undefined;

/** Scans with the first scanner that is there. An image of an engine that scanners do not reach is fetched for them. */
export async function scan(engine: Engine, image: string): Promise<Scanned> {
  if (isReachedByScanners(engine.address, engine.addressFrom)) return scanWithAny(engine, image, undefined);
  const folder = await mkdtemp(path.join(tmpdir(), "plimsoll-scan-"));
  const saved = path.join(folder, "image.tar");
  try {
    await withNotification(
      l10n.t("Fetching {0} from the engine, for the scanner", image),
      (signal, progress) =>
        engine.saveImage(image, saved, signal, (bytes) => progress.report({ message: formatBytes(bytes) })),
    );
    return await scanWithAny(engine, image, saved);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** With the first scanner that is there; undefined when there is none. */
async function scanWithAny(engine: Engine, image: string, saved: string | undefined): Promise<Scanned> {
  for (const scanner of scannerCandidates(scanProgram())) {
    const scanned = await scanWith(scanner, engine, image, saved);
    if (scanned !== undefined) return scanned;
  }
  return undefined;
}

async function scanWith(
  scanner: Scanner,
  engine: Engine,
  image: string,
  saved: string | undefined,
): Promise<Scanned> {
  const name = scannerName(scanner.kind);
  const stop = new AbortController();
  const ended = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t("Scanning {0} with {1}", image, name),
      cancellable: true,
    },
    (progress, token) => {
      token.onCancellationRequested(() => stop.abort());
      // Grype tells of a download only on a terminal.
      if (scanner.kind === "grype")
        progress.report({ message: l10n.t("It fetches its database first when that is old.") });
      return runProgram(scanner.program, scanArguments(scanner, image, saved), {
        // Not by context: scanners know of contexts only lately.
        environment: { DOCKER_HOST: engine.address },
        signal: stop.signal,
        onErrorLine: (line) => {
          if (tellsOfDownload(line))
            progress.report({ message: l10n.t("{0} fetches its database of vulnerabilities.", name) });
        },
      });
    },
  );
  if (ended === undefined) return undefined;
  if (stop.signal.aborted) return { outcome: "cancelled" };
  // A status of the user's own configuration may say that there are findings.
  const report = readReport(ended.printed);
  return "why" in report
    ? { outcome: "scan-failed", message: whyNot(name, image, ended, report) }
    : { report };
}

/** Why there is no report, in a sentence. */
function whyNot(name: string, image: string, ended: Ended, unread: Unread): string {
  if (unread.why === "other-schema")
    return unread.schema === undefined
      ? l10n.t(
          "{0} wrote a report of {1} in a form that Plimsoll does not know. Install a newer {0}.",
          name,
          image,
        )
      : l10n.t(
          "{0} wrote a report of {1} of schema version {2}, and Plimsoll reads version 2. Install a {0} that writes it, or a newer Plimsoll.",
          name,
          image,
          unread.schema,
        );
  if (ended.printedTooMuch)
    return l10n.t(
      "{0} wrote without an end, and no report of {1}. Run it in a terminal to see why.",
      name,
      image,
    );
  const reason = scanFailure(ended.errors);
  if (reason) return l10n.t("{0} could not scan {1}: {2}", name, image, reason);
  return ended.printed.trim() === ""
    ? l10n.t("{0} ended without a report of {1}. Run it in a terminal to see why.", name, image)
    : l10n.t(
        "{0} wrote something about {1} that is no whole report. Run it in a terminal to see why.",
        name,
        image,
      );
}

/** For people. */
export function scannerName(kind: ScanReport["scanner"]): string {
  return kind === "trivy" ? "Trivy" : "Grype";
}
