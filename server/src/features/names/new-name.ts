import { isComposeSetting } from "../../model/environment/known-variables.ts";
import { PLATFORM_ARGUMENTS } from "../../model/stage/global-arguments.ts";
import { isGivenByShell } from "../../rules/knowledge/shell/shell-variables.ts";
import { entriesOf, valueAt } from "../../syntax/compose/find.ts";
import { hereDocumentScope } from "./here-documents.ts";
import { otherNames } from "./hosts.ts";
import type { Name, NameKind } from "./name.ts";
import type { NameTable } from "./table.ts";

/** How a kind of name is called in a sentence. */
export const kindTitles: Readonly<Record<NameKind, string>> = {
  service: "service",
  network: "network",
  volume: "volume",
  secret: "secret",
  config: "config",
  model: "model",
  profile: "profile",
  router: "router of Traefik",
  backend: "service of Traefik",
  middleware: "middleware of Traefik",
  anchor: "anchor",
  variable: "variable",
  stage: "stage",
  argument: "build argument",
  environment: "environment variable",
  "here-document": "here-document",
};

/** `a service`, `an anchor`. */
export function aKind(kind: NameKind): string {
  const title = kindTitles[kind];
  return `${/^[aeiou]/.test(title) ? "an" : "a"} ${title}`;
}

/** Why a name is none that its user could give it another instead of; undefined when it is. */
export function givenByOthers({ kind, text }: Name): string | undefined {
  if (kind === "network" && text === "default")
    return "`default` is what Compose calls the network that services are in without `networks`.";
  if (kind === "variable" && isComposeSetting(text))
    return `Compose itself reads \`${text}\`, under this name.`;
  if (kind === "variable" && isGivenByShell(text))
    return `The shell sets \`${text}\`, and goes before \`.env\`.`;
  if (kind === "argument" && isPredefined(text)) return `BuildKit itself sets \`${text}\`, under this name.`;
  return undefined;
}

/** Arguments that have a meaning without an ARG (Dockerfile reference, "Predefined ARGs", read 2026-11). */
function isPredefined(name: string): boolean {
  return (
    PLATFORM_ARGUMENTS.has(name) ||
    /^(?:HTTP|HTTPS|FTP|NO|ALL)_PROXY$/i.test(name) ||
    /^(?:BUILDKIT_|SOURCE_DATE_EPOCH$)/.test(name)
  );
}

const COMPOSE_NAME = { pattern: /^(?!x-)[a-zA-Z0-9._-]+$/, allowed: "letters, digits, `.`, `_` and `-`" };
const LABEL_NAME = { pattern: /^[A-Za-z0-9_-]+$/, allowed: "letters, digits, `_` and `-`" };
const VARIABLE = {
  pattern: /^[A-Za-z_][A-Za-z0-9_]*$/,
  allowed: "letters, digits and `_`, and no digit in front",
};

/**
 * compose-spec schema `^[a-zA-Z0-9._-]+$` and 15-profiles.md; go-yaml's scannerc.go, which takes less than YAML 1.2 §6.9.2;
 * BuildKit instructions/parse.go (read 2026-11).
 */
const allowedNames: Readonly<Record<NameKind, { readonly pattern: RegExp; readonly allowed: string }>> = {
  service: COMPOSE_NAME,
  network: COMPOSE_NAME,
  volume: COMPOSE_NAME,
  secret: COMPOSE_NAME,
  config: COMPOSE_NAME,
  model: COMPOSE_NAME,
  profile: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/,
    allowed: "at least two letters, digits, `.`, `_` and `-`, and starts with a letter or digit",
  },
  router: LABEL_NAME,
  backend: LABEL_NAME,
  middleware: LABEL_NAME,
  anchor: { pattern: /^[A-Za-z0-9_-]+$/, allowed: "letters, digits, `_` and `-`" },
  variable: VARIABLE,
  argument: VARIABLE,
  environment: VARIABLE,
  "here-document": {
    pattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/,
    allowed: "letters, digits, `.`, `_` and `-`",
  },
  stage: {
    pattern: /^[a-z][a-z0-9_.-]*$/i,
    allowed: "letters, digits, `.`, `_` and `-`, and a letter in front",
  },
};

/** Why a name cannot have this text, as a sentence with what to do; undefined when it can. */
export function refusalOfText(name: Name, text: string, table: NameTable): string | undefined {
  const { kind } = name;
  const { pattern, allowed } = allowedNames[kind];
  if (!pattern.test(text)) return `\`${text}\` is no name for ${aKind(kind)}: it has ${allowed}.`;
  const reserved = givenByOthers({ ...name, text });
  if (reserved !== undefined) return `${reserved} Choose another name.`;
  if (kind === "stage" && /^(?:scratch|context)$/i.test(text))
    return `\`${text}\` means something else to a build. Choose another name.`;
  if (kind === "here-document" && isLineOf(name, text, table))
    return `A line of the here-document is \`${text}\` and would end it. Choose another name.`;
  if (kind === "argument" && isTaken(name, text, table))
    return `\`${text}\` is declared in this Dockerfile already. Choose another name.`;
  if (isTaken(name, text, table)) return `There is ${aKind(kind)} \`${text}\` already. Choose another name.`;
  return kind === "service" ? takenHost(name, text, table) : undefined;
}

function isTaken(name: Name, text: string, table: NameTable): boolean {
  const { kind, scope } = name;
  switch (kind) {
    case "stage":
      return isTakenStage(scope, text, table);
    case "argument": {
      const inFile = table.inFile(scope);
      return inFile.some(
        (it) => (it.name.kind === "argument" || it.name.kind === "environment") && it.name.text === text,
      );
    }
    case "anchor": {
      const [file = ""] = scope.split(/#(?=\d*$)/);
      return table.inFile(file).some((it) => it.name.kind === "anchor" && it.name.text === text);
    }
    // What is used and set nowhere comes from the shell.
    case "variable":
      return table.named(kind, scope).has(text);
    default:
      return groupsAround(scope, table).some((it) => table.isDeclared({ kind, scope: it, text }));
  }
}

/** Is a line of the here-document this word, and nothing else? */
function isLineOf({ scope }: Name, text: string, { sources }: NameTable): boolean {
  return sources.dockerfiles.some(({ path, model }) =>
    model.file.instructions
      .flatMap((it) => it.hereDocuments)
      .some(
        (it) =>
          hereDocumentScope(path, it) === scope && it.text.text.split(/\r?\n/).some((line) => line === text),
      ),
  );
}

/** The group of a scope with those that it is read together with. */
function groupsAround(scope: string, { sources }: NameTable): readonly string[] {
  const own = sources.compose.filter((it) => it.group === scope);
  return [scope, ...new Set(own.flatMap((it) => [...it.inner, ...it.outer]))];
}

/** Where a stage has the name of an image that is used too, the image would not be found any more. */
function isTakenStage(scope: string, text: string, { sources }: NameTable): boolean {
  const [file] = scope.split(/#(?=\d+$)/);
  const model = sources.dockerfiles.find((it) => it.path === file)?.model;
  if (!model) return false;
  const wanted = text.toLowerCase();
  const named = model.stages.flatMap(({ name, base, instructions }) => [
    name,
    base.kind === "image" ? base.image.text : undefined,
    ...instructions.flatMap((it) =>
      (it.inner ?? it).flags.flatMap((flag) => [
        flag.name === "from" ? flag.value : undefined,
        ...flag.fields.filter((field) => field.name === "from").map((field) => field.value),
      ]),
    ),
  ]);
  const contexts = model.inputs.contexts ?? [];
  return [...named, ...contexts].some((it) => it?.toLowerCase() === wanted);
}

/** A service is found by its name; one that is a host somewhere has to be a name that a host can have, and its alone. */
function takenHost(name: Name, text: string, table: NameTable): string | undefined {
  const { sources } = table;
  const others = sources.compose
    .filter((it) => it.group === name.scope)
    .flatMap((source) =>
      entriesOf(valueAt(source.file.root, "services"))
        .filter(({ key }) => key.value !== name.text)
        .flatMap(({ key, value }) => [key.value, ...otherNames(source, value).map((it) => it.text)]),
    );
  return others.some((it) => it.toLowerCase() === text.toLowerCase())
    ? `Another container is found as \`${text}\` already. Choose another name.`
    : undefined;
}
