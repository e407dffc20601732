import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import manifest from "../../../../../package.json" with { type: "json" };
import { rules } from "../../../rules/all.ts";
import type { Severity } from "../../../rules/rule.ts";
import type { Finding, FindingEdit, FindingFix, Place } from "../finding.ts";
import type { Format } from "./format.ts";

/** SARIF 2.1.0 (OASIS standard of 2020-03-27), one run. */
export const sarif: Format = ({ findings, unreadable }) => {
  const descriptors = rules.map((rule) => ({
    id: rule.id,
    name: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.docs.what },
    help: { text: rule.docs.why },
    defaultConfiguration: { level: levels[rule.severity], enabled: rule.enabled },
    properties: { tags: [...rule.tags, ...rule.aliases] },
  }));
  const codes = new Set(findings.map((it) => it.rule).filter((code) => !rules.some(({ id }) => id === code)));
  const others = [...codes].map((id) => ({
    id,
    name: id,
    shortDescription: { text: id.startsWith("configuration-") ? "Configuration" : "Syntax" },
  }));
  const driver = { name: "Plimsoll", version: manifest.version, rules: [...descriptors, ...others] };
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: unreadable.length === 0,
            toolExecutionNotifications: unreadable.map(({ name, message }) => ({
              level: "error",
              message: { text: `${name}: ${message}` },
            })),
          },
        ],
        results: findings.map((it) =>
          resultOf(
            it,
            driver.rules.findIndex(({ id }) => id === it.rule),
          ),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

const levels: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
  hint: "note",
};

function resultOf(finding: Finding, ruleIndex: number) {
  const related = finding.related.flatMap((it) =>
    it.file === undefined ? [] : [{ message: { text: it.message }, physicalLocation: locationOf(it) }],
  );
  const facts = finding.related.filter((it) => it.file === undefined).map((it) => it.message);
  const fixes = finding.fixes.filter((it) => !createsFile(it)).map((it) => fixOf(it, finding.file));
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: [finding.message, ...facts].join("\n") },
    locations: [{ physicalLocation: locationOf(finding) }],
    ...(related.length > 0 && { relatedLocations: related }),
    ...(fixes.length > 0 && { fixes }),
  };
}

function locationOf({ file, line, column, endLine, endColumn }: Place) {
  return {
    artifactLocation: { uri: uriOf(file) },
    region: { startLine: line, startColumn: column, endLine, endColumn },
  };
}

/** A log has no word for a file that is not there yet. */
function createsFile({ others = [] }: FindingFix): boolean {
  return others.some((it) => "create" in it);
}

function fixOf({ title, edits, others = [] }: FindingFix, file: string) {
  const changes = [{ file, edits }, ...others.flatMap((it) => ("edits" in it ? [it] : []))];
  return {
    description: { text: title },
    artifactChanges: changes
      .filter((it) => it.edits.length > 0)
      .map((it) => ({
        artifactLocation: { uri: uriOf(it.file) },
        replacements: it.edits.map(replacementOf),
      })),
  };
}

function replacementOf({ offset, length, text }: FindingEdit) {
  return {
    deletedRegion: { charOffset: offset, charLength: length },
    ...(text !== "" && { insertedContent: { text } }),
  };
}

/** A relative path stays relative, so that the log can be read on another machine. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
}
