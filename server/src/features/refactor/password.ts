import { appendItem } from "../../model/compose/edit/append-item.ts";
import { declareResource } from "../../model/compose/edit/declare-resource.ts";
import type { EnvironmentEntry, Service } from "../../model/compose/project.ts";
import { isOfficial, serverOf } from "../../model/compose/servers/known-server.ts";
import { isSecretToHadolint } from "../../rules/knowledge/secrets/secret-names.ts";
import { isPlainValue } from "../../rules/knowledge/secrets/secret-values.ts";
import type { OtherFileChange } from "../../rules/rule.ts";
import { dotenvLine } from "../../rules/writing/environment/dotenv-line.ts";
import { keepEnvFileOut } from "../../rules/writing/environment/env-file.ts";
import { scalarsIn, valueAt } from "../../syntax/compose/find.ts";
import { replace, type TextEdit } from "../../text/edit.ts";
import { appendLines } from "../../text/line-breaks.ts";
import type { Span } from "../../text/span.ts";
import { entryIn, itemIn, type Place, type Step, serviceAt } from "./place.ts";
import { type Offer, offer, type Refactoring } from "./refactoring.ts";

/**
 * Takes a password out of the Compose file: into a secret where the image reads it from a file too, and into `.env`. The value
 * comes along, so that all works as before.
 */
export const password: Refactoring = {
  id: "password",
  kind: "extract",
  offersAt: (place) => {
    const step =
      itemIn(place, "services", "*", "environment", "[]") ??
      entryIn(place, "services", "*", "environment", "*");
    const service = serviceAt(place);
    if (!step || !service || place.folder === undefined) return [];
    const { span } = step.kind === "item" ? step.item : step.entry;
    const entry = service.environment.find(
      ({ name, inFile }) => !inFile && span.start <= name.span.start && name.span.end <= span.end,
    );
    const value = entry && writtenValue(place, entry);
    if (
      !entry ||
      !value ||
      !isSecretToHadolint(entry.name.value) ||
      isPlainValue(entry.name.value, value.text)
    )
      return [];
    return [
      toSecret(place, place.folder, service, entry, value),
      toDotenv(place, place.folder, step, service, entry, value),
    ];
  },
};

interface WrittenValue {
  readonly text: string;
  readonly span: Span;
}

/** The value where it is written as it is, without variables and escapes. */
function writtenValue({ file }: Place, { value }: EnvironmentEntry): WrittenValue | undefined {
  if (!value?.known || value.shared || value.value === "") return undefined;
  const span = value.spanOf(0, value.value.length);
  const isWritten = file.text.slice(span.start, span.end) === value.value;
  return isWritten && !/[$\r\n]/.test(value.value) ? { text: value.value, span } : undefined;
}

/** Variables that official images read from a file too, named with `_FILE` (docker-library, MariaDB: docker-entrypoint.sh, read 2026-11). */
const FROM_FILE =
  /^(?:POSTGRES_PASSWORD|MYSQL_(?:ROOT_)?PASSWORD|MARIADB_(?:ROOT_)?PASSWORD|MONGO_INITDB_ROOT_PASSWORD)$/;

function toSecret(
  { file, project }: Place,
  folder: string,
  service: Service,
  { name }: EnvironmentEntry,
  value: WrittenValue,
): Offer | undefined {
  const server = serverOf(service);
  const isName = file.text.slice(name.span.start, name.span.end) === name.value;
  if (!server || !isOfficial(server, service) || !isName || !FROM_FILE.test(name.value) || !service.node)
    return undefined;
  const secret = name.value.toLowerCase();
  const path = `${secret}.txt`;
  if (project.secrets.has(secret) || ["file", "directory"].includes(project.files.kindOf(path)))
    return undefined;
  const granted = appendItem(file, service.node, "secrets", secret);
  const declared = declareResource(file, "secrets", secret, [{ key: "file", value: `./${path}` }]);
  if (!granted || !declared) return undefined;
  const edits = [
    replace(name.span, `${name.value}_FILE`),
    replace(value.span, `/run/secrets/${secret}`),
    ...granted,
    ...declared,
  ];
  return offer(`Move ${name.value} into a secret, ./${path}`, edits, [
    { kind: "create", file: `${folder}/${path}`, text: value.text },
  ]);
}

function toDotenv(
  place: Place,
  folder: string,
  step: Step,
  service: Service,
  { name }: EnvironmentEntry,
  value: WrittenValue,
): Offer | undefined {
  const variable = [
    name.value,
    `${service.name.value}_${name.value}`.toUpperCase().replaceAll(/\W/g, "_"),
  ].find((it) => isFree(place, it) && isSeenByNoOther(place, service, it === name.value));
  const line = variable === undefined ? undefined : dotenvLine(variable, value.text);
  if (variable === undefined || line === undefined) return undefined;
  const edits = [useVariable(step, name.value, value.span, variable)];
  const out = keepEnvFileOut(place.project);
  const keptOut = out.length > 0 ? ", and keep that out of images" : "";
  return offer(`Move ${name.value} into .env${keptOut}`, edits, [addToDotenv(place, folder, line), ...out]);
}

/** Nothing else takes its value from this variable, and it has none yet. */
function isFree({ project, file }: Place, variable: string): boolean {
  if (!/^[A-Za-z_]\w*$/.test(variable) || project.variables(variable) !== undefined) return false;
  if (new RegExp(`\\$\\{?${variable}(?!\\w)`).test(file.text)) return false;
  return [...project.services.values()].every((service) =>
    service.environment.every((it) => it.name.value !== variable || it.value !== undefined),
  );
}

/** Services that are given `.env` as a file would have one more variable; what `environment` says goes before the file. */
function isSeenByNoOther({ project }: Place, service: Service, isOfSameName: boolean): boolean {
  const readers = [...project.services.values()].filter(({ node }) =>
    scalarsIn(valueAt(node, "env_file")).some((it) => /(?:^|\/)\.env$|\$/.test(it.value)),
  );
  return readers.every((it) => it === service && isOfSameName);
}

/** A plain text in brackets would end at a brace, so quotes go around the whole. */
function useVariable(step: Step, name: string, span: Span, variable: string): TextEdit {
  const written = `\${${variable}}`;
  const node = step.kind === "item" ? step.item : step.entry.value;
  const isPlain = node?.kind === "scalar" && node.style === "plain";
  if (!step.owner.flow || !isPlain) return replace(span, written);
  return step.kind === "item"
    ? replace(node.span, JSON.stringify(`${name}=${written}`))
    : replace(span, `"${written}"`);
}

function addToDotenv({ project }: Place, folder: string, line: string): OtherFileChange {
  const file = `${folder}/.env`;
  const before = project.files.readFile(".env");
  if (before === undefined) return { kind: "create", file, text: `${line}\n` };
  return { kind: "edit", file, before, edits: [appendLines(before, [line])] };
}
