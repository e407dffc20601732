import { l10n } from "vscode";
import { formatBytes } from "../../shared/figures.ts";
import { type Finding, isLine } from "../../sizes/lines/findings.ts";
import type { LayerMaker } from "../../sizes/lines/line-costs.ts";

/** What was measured, as one sentence or two. */
export function messageOf(finding: Finding): string {
  const { kind, bytes, places, owners, other } = finding;
  const size = formatBytes(bytes);
  const [what = "", second = ""] = places;
  const many = places.length > 1 ? l10n.t("{0} and {1} more", what, places.length - 1) : what;
  switch (kind) {
    case "deleted":
      return l10n.t(
        "{0} of {1} are deleted here ({2}), and the image carries them all the same.",
        ...[size, makerText(other), many],
      );
    case "overwritten":
      return l10n.t(
        "{0} of {1} are replaced here ({2}), and the image carries both.",
        ...[size, makerText(other), many],
      );
    case "rewritten":
      return l10n.t(
        "{0} of {1} are stored once more here with the same content ({2}), for another owner, mode or time.",
        ...[size, makerText(other), many],
      );
    case "duplicate":
      return l10n.t("{0} has the same content as {1}: {2} twice.", what, second, size);
    case "package-cache":
      return l10n.t("{0} in the cache of {1} are left in the image ({2}).", size, listed(owners), many);
    case "repository":
      return l10n.t(
        "{0} of the repository's history came along with the build context ({1}). Keep it out with the ignore file.",
        ...[size, many],
      );
    case "host-dependencies":
      return l10n.t(
        "{0} of packages came along with the build context, into a folder that is installed in the image ({1}). Keep them out with the ignore file.",
        ...[size, many],
      );
    case "build-tools":
      return l10n.t(
        "{0} of tools to build with ({1}) are in the image, and what it starts is built already.",
        ...[size, listed(owners)],
      );
    case "sources":
      return l10n.t(
        "{0} of sources ({1}, in {2}) are in the image, and what it starts is built already.",
        ...[size, listed(owners), many],
      );
    case "tests":
      return l10n.t("{0} of tests are in the image ({1}).", size, many);
  }
}

/** What is added to a finding that says the rest. */
export function measuredText(findings: readonly Finding[]): string {
  const bytes = findings.reduce((sum, it) => sum + it.bytes, 0);
  const files = findings.reduce((sum, it) => sum + it.files, 0);
  return files === 1
    ? l10n.t("Measured: {0} in one file.", formatBytes(bytes))
    : l10n.t("Measured: {0} in {1} files.", formatBytes(bytes), files);
}

/** What is said at the other line. */
export function relatedText(kind: Finding["kind"]): string {
  return kind === "duplicate" ? l10n.t("The other one is made here.") : l10n.t("They are stored here.");
}

/** `apt`, `apt and pip`, `apt and 3 more` */
function listed(names: readonly string[]): string {
  const [first = "", second, ...more] = names;
  if (second === undefined) return first;
  return more.length === 0
    ? l10n.t("{0} and {1}", first, second)
    : l10n.t("{0} and {1} more", first, more.length + 1);
}

function makerText(maker: LayerMaker | undefined): string {
  if (maker === "base") return l10n.t("the base image");
  return isLine(maker) ? l10n.t("line {0}", maker.line + 1) : l10n.t("an instruction that is no longer here");
}
