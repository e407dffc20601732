import {
  type Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Disposable,
  Location,
  l10n,
  languages,
  Range,
  type Uri,
} from "vscode";
import { sizeLimits } from "../settings.ts";
import { formatBytes } from "../shared/figures.ts";
import type { ImageCosts, LayerMaker, LineDuplicate, LineWaste } from "../sizes/line-costs.ts";
import type { ChainLine } from "../sizes/map-lines.ts";

/** Bytes that an image carries for nothing, on the line that hides them, with the line that stored them. Until it is weighed anew. */
export interface WasteDiagnostics extends Disposable {
  show(dockerfile: Uri, costs: ImageCosts): void;
  clear(dockerfile: Uri): void;
}

export function createWasteDiagnostics(): WasteDiagnostics {
  const collection = languages.createDiagnosticCollection("plimsoll-sizes");
  return {
    show(file, { waste, duplicates }) {
      const { waste: least } = sizeLimits(file);
      collection.set(file, [
        ...waste.filter((it) => it.bytes >= least).flatMap((it) => diagnosticOf(it, file)),
        ...duplicates.filter((it) => it.bytes >= least).flatMap((it) => duplicateOf(it, file)),
      ]);
    },
    clear: (file) => collection.delete(file),
    dispose: () => collection.dispose(),
  };
}

function diagnosticOf(waste: LineWaste, file: Uri): Diagnostic[] {
  const { hiddenBy, storedBy, how } = waste;
  if (!isLine(hiddenBy)) return [];
  const size = formatBytes(waste.bytes);
  const [what = ""] = waste.places.map((it) => it.path);
  const many = waste.places.length > 1 ? l10n.t("{0} and {1} more", what, waste.places.length - 1) : what;
  const from = makerText(storedBy);
  const message =
    how === "deleted"
      ? l10n.t(
          "{0} of {1} are deleted here ({2}), and the image carries them all the same.",
          size,
          from,
          many,
        )
      : how === "overwritten"
        ? l10n.t("{0} of {1} are replaced here ({2}), and the image carries both.", size, from, many)
        : l10n.t(
            "{0} of {1} are stored once more here with the same content ({2}), for another owner, mode or time.",
            size,
            from,
            many,
          );
  return [
    diagnostic(
      "wasted-bytes",
      hiddenBy,
      message,
      isLine(storedBy) ? [[storedBy, l10n.t("They are stored here.")]] : [],
      file,
    ),
  ];
}

function duplicateOf({ bytes, places }: LineDuplicate, file: Uri): Diagnostic[] {
  const last = places.findLast((it) => isLine(it.maker));
  const first = places.find((it) => it !== last);
  if (!last || !first || !isLine(last.maker)) return [];
  const message = l10n.t(
    "{0} has the same content as {1}: {2} twice.",
    last.path,
    first.path,
    formatBytes(bytes),
  );
  const related =
    isLine(first.maker) && first.maker !== last.maker
      ? [[first.maker, l10n.t("The other one is made here.")] as const]
      : [];
  return [diagnostic("duplicated-bytes", last.maker, message, related, file)];
}

function diagnostic(
  code: string,
  { line, endLine }: ChainLine,
  message: string,
  related: readonly (readonly [ChainLine, string])[],
  file: Uri,
): Diagnostic {
  return {
    range: new Range(line, 0, endLine, Number.MAX_SAFE_INTEGER),
    severity: DiagnosticSeverity.Warning,
    source: "plimsoll",
    code,
    message,
    relatedInformation: related.map(
      ([at, text]) =>
        new DiagnosticRelatedInformation(
          new Location(file, new Range(at.line, 0, at.endLine, Number.MAX_SAFE_INTEGER)),
          text,
        ),
    ),
  };
}

function makerText(maker: LayerMaker): string {
  if (maker === "base") return l10n.t("the base image");
  return isLine(maker) ? l10n.t("line {0}", maker.line + 1) : l10n.t("an instruction that is no longer here");
}

function isLine(maker: LayerMaker): maker is ChainLine {
  return typeof maker !== "string";
}
