import { hidden, isSecretVariable, namesValue } from "../../../../client/src/shared/secrets.ts";
import { type EnvironmentModel, isRaw, type VariableUse } from "../../model/environment/environment-model.ts";
import { composeSettings, knownVariables } from "../../model/environment/known-variables.ts";
import { parseTemplate } from "../../syntax/compose/interpolate.ts";
import type { DotenvEntry } from "../../syntax/dotenv/parse.ts";
import { resolveDotenv } from "../../syntax/dotenv/resolve.ts";
import { fileName } from "../../text/file-name.ts";
import { contains } from "../../text/span.ts";
import { code, plain } from "../markdown.ts";
import type { Hover } from "./hover.ts";

/** What is known of the variable at `offset` of an environment file; undefined for nothing. */
export function hoverEnvironment(model: EnvironmentModel, offset: number): Hover | undefined {
  const entry = model.file.entries.find(
    ({ nameSpan, valueSpan }) =>
      contains(nameSpan, offset) || (valueSpan !== undefined && contains(valueSpan, offset)),
  );
  if (!entry) return undefined;
  const span = contains(entry.nameSpan, offset) ? entry.nameSpan : (entry.valueSpan ?? entry.nameSpan);
  const uses = usesText(model.uses.get(entry.name) ?? []);
  const parts = [
    `**${code(entry.name)}**${valueText(model, entry)}`,
    knowledgeOf(model, entry.name),
    whoGetsIt(model),
    uses,
    otherReaders(entry, model),
  ].filter((it) => it !== "");
  return { span, markdown: parts.join("\n\n") };
}

function valueText(model: EnvironmentModel, entry: DotenvEntry): string {
  const { name, value, quote } = entry;
  if (value === undefined) return ": the value comes from the shell; where that sets none, there is none.";
  if (isRaw(model)) return shown(name, value);
  const resolved = resolveDotenv(model.file, (it) => model.alsoSet.get(it)).get(name);
  if (!resolved?.known) return ": the value needs a variable that the shell may set.";
  if (isMadeOfSecret(model, entry)) return ` = ${code(hidden)}`;
  const isOther = quote !== "single" && value.includes("$") && resolved.text !== value;
  return (
    shown(name, resolved.text) +
    (isOther && !isSecret(name, resolved.text) ? ", with its variables put in" : "")
  );
}

/** Whether a variable above it whose value is nobody's business is put into it. */
function isMadeOfSecret({ file }: EnvironmentModel, { value = "", quote, nameSpan }: DotenvEntry): boolean {
  const secret = new Set<string>();
  const uses = (template: string) =>
    parseTemplate(template).some(
      (it) => it.kind === "variable" && (namesValue(it.name) || secret.has(it.name)),
    );
  for (const it of file.entries) {
    if (it.nameSpan.start >= nameSpan.start) break;
    const isOne = isSecret(it.name, it.value ?? "") || (it.quote !== "single" && uses(it.value ?? ""));
    if (isOne) secret.add(it.name);
  }
  return quote !== "single" && value.includes("$") && uses(value);
}

function shown(name: string, value: string): string {
  if (isSecret(name, value)) return ` = ${code(hidden)}`;
  if (value === "") return " is empty";
  const [first = "", ...more] = value.split(/\r?\n/);
  return ` = ${code(first)}${more.length > 0 ? ` and ${more.length} more ${more.length === 1 ? "line" : "lines"}` : ""}`;
}

function isSecret(name: string, value: string): boolean {
  return value !== "" && isSecretVariable(`${name}=${value}`);
}

function knowledgeOf({ givenTo, interpolates }: EnvironmentModel, name: string): string {
  const known = [
    ...givenTo.flatMap((it) => knownVariables(it.image)),
    ...(interpolates.length > 0 ? composeSettings : []),
  ];
  return known.find((it) => it.name === name)?.summary ?? "";
}

function whoGetsIt({ interpolates, givenTo, isInProject }: EnvironmentModel): string {
  const lines: string[] = [];
  if (interpolates.length > 0)
    lines.push(
      `- For ${code("${…}")} in ${listed(interpolates.map((it) => plain(fileName(it))))}. By that alone no container gets it: that takes ${code("environment")} or ${code("env_file")}.`,
    );
  const services = [...new Set(givenTo.map((it) => it.service))];
  if (services.length > 0)
    lines.push(
      `- In the containers of ${listed(services.map(code))}, by ${code("env_file")}${givenTo.every((it) => it.raw) ? ` with ${code("format: raw")}` : ""}. What ${code("environment")} says goes before it.`,
    );
  if (lines.length === 0 && isInProject)
    lines.push("- No Compose file here names this file: it counts where it is given with `--env-file`.");
  return lines.join("\n");
}

function usesText(uses: readonly VariableUse[]): string {
  if (uses.length === 0) return "";
  const lines = uses.slice(0, MOST_USES).map(({ file, line, service, default: fallback, required, name }) => {
    const place = service === undefined ? "" : ` in ${code(service)}`;
    const isSafe = fallback !== undefined && !isSecretVariable(`${name}=${fallback}`);
    const other = fallback === undefined ? "" : `, else ${isSafe ? code(fallback || '""') : code(hidden)}`;
    return `- ${plain(fileName(file))}, line ${line + 1}${place}${other}${required ? ", required" : ""}`;
  });
  const more = uses.length - lines.length;
  return ["Used in:", "", ...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join("\n");
}

const MOST_USES = 8;

/** Where the line means something else to another reader. */
function otherReaders({ quote, value = "", comment }: DotenvEntry, model: EnvironmentModel): string {
  if (isRaw(model)) return "";
  const differs = quote !== "none" ? "keeps the quotes" : value.includes("$") ? "puts in no variables" : "";
  const text = differs || (comment ? "takes the comment for a part of the value" : "");
  return text === "" ? "" : `${code("docker run --env-file")} reads this otherwise: it ${text}.`;
}

function listed(names: readonly string[]): string {
  const all = [...new Set(names)];
  return all.length <= 3 ? all.join(", ") : `${all.slice(0, 3).join(", ")} and ${all.length - 3} more`;
}
