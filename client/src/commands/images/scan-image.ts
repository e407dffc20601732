import { commands, env, l10n, Uri, window } from "vscode";
import type { BuiltImage } from "../../editor/builds/build-memory.ts";
import { pickImage } from "../../editor/images/pick-images.ts";
import { withLateProgress } from "../../editor/late-progress.ts";
import { uriOf } from "../../editor/pick-dockerfile.ts";
import type { Engine } from "../../engine/engine.ts";
import { type VulnerablePackage, vulnerablePackages } from "../../scan/place-findings.ts";
import { type ScanReport, severityOf } from "../../scan/report.ts";
import { countBySeverity, scanMarkdown } from "../../scan/told.ts";
import { scanProgram, scanSeverity } from "../../settings.ts";
import type { StageInfo } from "../../shared/server-messages.ts";
import { currentImage } from "../builds/current-image.ts";
import type { Command, Services } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";
import { scan, scannerName } from "./run-scanner.ts";

export interface ScanAnswers {
  /** A tag or an id. */
  readonly image?: string;
  /** Instead of `image`: the last one built from this Dockerfile, a path; it is built if there is none. */
  readonly dockerfile?: string;
  /** A stage's name; the final stage when absent. */
  readonly target?: string;
}

export type ScanResult =
  | {
      readonly outcome: "scanned";
      readonly image: string;
      readonly scanner: ScanReport["scanner"];
      /** Vulnerabilities by severity. */
      readonly counts: Readonly<Record<string, number>>;
      readonly packages: readonly VulnerablePackage[];
      /** Where the findings stand; undefined when no Dockerfile of the image is known. */
      readonly dockerfile: string | undefined;
    }
  | { readonly outcome: "no-scanner"; readonly message: string }
  | { readonly outcome: "scan-failed"; readonly message: string }
  | NotDone;

/** Scans an image for known vulnerabilities with Trivy or Grype, and shows them on the lines that brought them. */
export const scanImage: Command<ScanAnswers, ScanResult> = {
  id: "plimsoll.scanImage",
  run: (services, answers) =>
    withEngine<ScanResult>(services, scanImage.id, answers, async (engine) => {
      const image = await imageToScan(services, engine, answers);
      if (image === undefined) return cancelled;
      // Says so when it is not there, before a scanner looks for it elsewhere.
      const { id } = await withLateProgress(l10n.t("Looking at {0}", image), (signal) =>
        engine.inspectImage(image, signal),
      );
      const built = services.memory.built();
      const from = built.find((it) => it.imageId === id) ?? built.find((it) => it.tag === image);
      if (from !== undefined) services.scanDiagnostics.clear(Uri.file(from.dockerfile));
      const scanned = await scan(engine, image);
      if (scanned === undefined) return noScanner(answers);
      if ("outcome" in scanned) {
        if (scanned.outcome === "cancelled") return scanned;
        // Where that is the engine's fault, what is said is how to have it back.
        await engine.info();
        void window.showErrorMessage(scanned.message);
        return scanned;
      }
      return tell(services, image, from, scanned.report);
    }),
};

async function imageToScan(
  services: Services,
  engine: Engine,
  { image, dockerfile, target }: ScanAnswers,
): Promise<string | undefined> {
  if (image !== undefined) return image;
  if (dockerfile === undefined) return pickImage(engine, services.memory);
  return (await currentImage(services, engine, uriOf(dockerfile).fsPath, target))?.tag;
}

async function tell(
  services: Services,
  image: string,
  from: BuiltImage | undefined,
  report: ScanReport,
): Promise<ScanResult> {
  const file = from && Uri.file(from.dockerfile);
  const stages = file && (await services.language.stages(file));
  const stage = stages?.stages.find((it) => (from?.target ? it.name === from.target : it.isFinal));
  const packages = vulnerablePackages(report, stage?.chain ?? [], severityOf(scanSeverity()));
  if (file !== undefined && stages !== undefined && stage !== undefined)
    services.scanDiagnostics.report(file, packages, lineOfBase(stage, stages.stages));

  const counts = countBySeverity(packages);
  showSummary(services, image, report, packages, counts);
  return {
    outcome: "scanned",
    image,
    scanner: report.scanner,
    counts: Object.fromEntries(counts),
    packages,
    dockerfile: from?.dockerfile,
  };
}

/** The FROM that names the image which all else is built on. */
function lineOfBase(stage: StageInfo, stages: readonly StageInfo[]): { line: number; endLine: number } {
  const before = stages.findLast(
    (it) => it.index < stage.index && it.name !== null && it.name === stage.base.toLowerCase(),
  );
  return before === undefined ? { line: stage.line, endLine: stage.line } : lineOfBase(before, stages);
}

function showSummary(
  services: Services,
  image: string,
  { scanner, vulnerabilities, unsupported }: ScanReport,
  packages: readonly VulnerablePackage[],
  counts: ReturnType<typeof countBySeverity>,
): void {
  const old =
    unsupported === undefined
      ? ""
      : ` ${l10n.t("Its system, {0}, gets no security fixes any more, so there may be more that nobody tells of. Build on a newer release.", unsupported)}`;
  if (packages.length === 0) {
    const message =
      vulnerabilities.length === 0
        ? l10n.t("{0} knows of no vulnerability in {1}.", scannerName(scanner), image)
        : l10n.t(
            "{0} knows of no vulnerability in {1} that is {2} or worse; {3} are less.",
            scannerName(scanner),
            image,
            scanSeverity(),
            vulnerabilities.length,
          );
    if (old === "") void window.showInformationMessage(message);
    else void window.showWarningMessage(message + old);
    return;
  }
  const figures = [...counts].map(([severity, count]) => `${count} ${severity}`).join(", ");
  const fixable = packages.filter((it) =>
    it.vulnerabilities.every((one) => one.fixedIn !== undefined),
  ).length;
  const all = l10n.t("Show All");
  const message = l10n.t(
    "{0}: {1}, in {2} packages, {3} of which have a fix.",
    image,
    figures,
    packages.length,
    fixable,
  );
  void window.showWarningMessage(message + old, all).then((answer) => {
    if (answer !== all) return undefined;
    const place = ({ from }: VulnerablePackage) =>
      from === "base" ? l10n.t("the base image") : from ? l10n.t("line {0}", from.line + 1) : "—";
    const name = `${image.replaceAll(/[^\w.-]+/g, "-")} (${scanner}).md`;
    return services.readOnlyDocuments.show(name, scanMarkdown(image, scanner, packages, place));
  });
}

function noScanner(answers: ScanAnswers): ScanResult {
  const setting = scanProgram().trim();
  const message =
    setting === ""
      ? l10n.t("Neither Trivy nor Grype is installed here. Install one of them, or name it in the settings.")
      : l10n.t(
          "The scanner “{0}” cannot be run. Correct the setting plimsoll.scan.program, or leave it empty to use what is installed.",
          setting,
        );
  const trivy = l10n.t("Install Trivy");
  const grype = l10n.t("Install Grype");
  const again = l10n.t("Try Again");
  const settings = l10n.t("Settings");
  const pages: Record<string, string> = {
    [trivy]: "https://trivy.dev/latest/getting-started/installation/",
    [grype]: "https://github.com/anchore/grype#installation",
  };
  void window.showInformationMessage(message, trivy, grype, again, settings).then((answer) => {
    const page = answer && pages[answer];
    if (page) return env.openExternal(Uri.parse(page));
    if (answer === again) return commands.executeCommand(scanImage.id, answers);
    if (answer === settings)
      return commands.executeCommand("workbench.action.openSettings", "plimsoll.scan.program");
    return undefined;
  });
  return { outcome: "no-scanner", message };
}
