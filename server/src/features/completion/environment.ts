import { hidden, isSecretVariable } from "../../../../client/src/shared/secrets.ts";
import type { EnvironmentModel } from "../../model/environment/environment-model.ts";
import {
  composeSettings,
  type KnownVariable,
  knownVariables,
} from "../../model/environment/known-variables.ts";
import { missingVariables } from "../../model/environment/missing-variables.ts";
import { writtenValue } from "../../rules/writing/environment/dotenv-values.ts";
import { type Candidate, candidatesFrom } from "./candidate.ts";

/** What can be written at `offset` of an environment file: names that are missing, values that are known, variables of lines above. */
export function completeEnvironment(model: EnvironmentModel, offset: number): Candidate[] {
  const { text, lines } = model.file;
  const start = lines.startOf(lines.lineAt(offset));
  const typed = text.slice(start, offset).replace(/^\uFEFF/, "");
  if (/^\s*#/.test(typed) || isInsideText(model, offset)) return [];
  const name = /^[ \t]*(?:export[ \t]+)?([\w.]*)$/.exec(typed)?.[1];
  if (name !== undefined) return names(model, offset, name);
  const variable = /\$\{?(\w*)$/.exec(typed)?.[0];
  if (variable !== undefined && !/=\s*'/.test(typed)) return earlier(model, offset, variable);
  const [, key = "", value] =
    /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*[=:][ \t]*["']?([\w/-]*)$/.exec(typed) ?? [];
  return value === undefined ? [] : values(model, offset, key, value);
}

/** In the second line of a quoted value or further down. */
function isInsideText({ file }: EnvironmentModel, offset: number): boolean {
  return file.entries.some(({ valueSpan }) => {
    if (!valueSpan || offset <= valueSpan.start || valueSpan.end <= offset) return false;
    return file.text.slice(valueSpan.start, offset).includes("\n");
  });
}

function names(model: EnvironmentModel, offset: number, typed: string): Candidate[] {
  const candidate = candidatesFrom(offset - typed.length, offset);
  const isFollowed = model.file.text[offset] === "=";
  const missing = missingVariables(model);
  const given = new Set([...model.file.entries.map((it) => it.name), ...missing.map((it) => it.name)]);
  const text = (name: string, value = "") => (isFollowed ? name : `${name}=${value}`);
  return [
    ...missing.map(({ name, uses, default: fallback }) =>
      candidate(name, "variable", {
        text: text(name, fallback === undefined ? "" : (writtenValue(fallback) ?? "")),
        detail: `used in ${uses[0]?.service ?? "the Compose file"}${fallback === undefined ? "" : `, else ${shownDefault(name, fallback)}`}`,
        rank: 0,
      }),
    ),
    ...known(model)
      .filter((it) => !given.has(it.name))
      .map((it) =>
        candidate(it.name, "variable", {
          text: text(it.name),
          documentation: it.summary,
          rank: it.name.startsWith("COMPOSE_") || it.name.startsWith("DOCKER_") ? 2 : 1,
          ...(it.values && { continues: true }),
        }),
      ),
  ];
}

function shownDefault(name: string, value: string): string {
  return isSecretVariable(`${name}=${value}`) ? hidden : value;
}

function known({ givenTo, interpolates }: EnvironmentModel): readonly KnownVariable[] {
  const all = [
    ...givenTo.flatMap((it) => knownVariables(it.image)),
    ...(interpolates.length > 0 ? composeSettings : []),
  ];
  return [...new Map(all.map((it) => [it.name, it])).values()];
}

function values(model: EnvironmentModel, offset: number, name: string, typed: string): Candidate[] {
  const candidate = candidatesFrom(offset - typed.length, offset);
  const choices = known(model).find((it) => it.name === name)?.values ?? [];
  const defaults = (model.uses.get(name) ?? []).flatMap(({ default: it }) => {
    const written = it === undefined || it === "" ? undefined : writtenValue(it);
    return written === undefined ? [] : [written];
  });
  return [
    ...choices.map((it, rank) => candidate(it, "value", { rank })),
    ...[...new Set(defaults)]
      .filter((it) => !choices.includes(it))
      .map((it) => candidate(it, "value", { detail: "default of the Compose file", rank: 9 })),
  ];
}

/** `$NA` or `${NA`: names of lines above. */
function earlier(model: EnvironmentModel, offset: number, typed: string): Candidate[] {
  const candidate = candidatesFrom(offset - typed.length, offset);
  const closes = model.file.text[offset] === "}";
  const above = model.file.entries.filter(
    (it) => it.nameSpan.end < offset && it.nameSpan.end < lineStart(model, offset),
  );
  const all = new Set([...above.map((it) => it.name), ...model.alsoSet.keys()]);
  return [...all].map((name) =>
    candidate(`\${${name}}`, "variable", { text: closes ? `\${${name}` : `\${${name}}` }),
  );
}

function lineStart({ file }: EnvironmentModel, offset: number): number {
  return file.lines.startOf(file.lines.lineAt(offset));
}
