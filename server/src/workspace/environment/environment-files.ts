import { basename, delimiter, dirname, join, resolve, sep } from "node:path";
import { otherFilesOf } from "../../model/compose/files/other-files.ts";
import {
  environmentFileUses,
  includedEnvironmentFiles,
} from "../../model/environment/environment-file-uses.ts";
import type {
  EnvironmentFileUse,
  EnvironmentModel,
  VariableUse,
} from "../../model/environment/environment-model.ts";
import { listedComposeFiles } from "../../model/environment/listed-compose-files.ts";
import { variableUsesIn, variableUsesInDotenv } from "../../model/environment/variable-uses.ts";
import { entriesOf, itemsOf, scalarAt, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeFile } from "../../syntax/compose/tree.ts";
import { parseDotenv } from "../../syntax/dotenv/parse.ts";
import { resolveDotenv } from "../../syntax/dotenv/resolve.ts";
import { grouped } from "../../text/grouped.ts";
import { composeFilesIn } from "../compose/compose-files.ts";
import { parsedFilesOf } from "../compose/parsed-files.ts";
import { foldersUpFrom } from "../context-folder.ts";
import type { Surroundings } from "../models.ts";
import { composeVariables } from "./env-file.ts";

type Around = Pick<Surroundings, "disk" | "textAt" | "folders">;

/** An environment file with what the Compose files in its folder, above it and right below it do with it. */
export function environmentOf(text: string, path: string | undefined, around: Around): EnvironmentModel {
  const file = parseDotenv(text);
  if (path === undefined) return { file, path, ...unread, isInProject: false, mayBeGiven: false };
  const composeFiles = composeFilesAround(path, around);
  const interpolates: string[] = [];
  const givenTo: EnvironmentFileUse[] = [];
  const uses: VariableUse[] = [];
  // With COMPOSE_FILE other files may be read.
  let complete = basename(path) === ".env" && !file.entries.some((it) => it.name === "COMPOSE_FILE");
  for (const compose of composeFiles) {
    const read = around.textAt(compose);
    if (read === undefined) {
      complete = false;
      continue;
    }
    const parsed = parsedFilesOf(around.disk).read(compose, read);
    const folder = dirname(compose);
    const isAt = (named: string) => resolve(folder, named) === path;
    const named = environmentFileUses(parsed, compose, composeVariables(folder, around));
    givenTo.push(...named.filter((it) => isAt(it.path)));
    const isItsOwn = folder === dirname(path) && basename(path) === ".env";
    if (!isItsOwn && !includedEnvironmentFiles(parsed).some(isAt)) continue;
    interpolates.push(compose);
    uses.push(...variableUsesIn(parsed, compose));
    for (const other of new Set(named.filter((it) => !it.raw).map((it) => resolve(folder, it.path))))
      if (other !== path) uses.push(...usesOfFile(other, around));
    const isWhole = parsed.furtherDocuments === 0 && !parsed.problems.some((it) => it.severity === "error");
    if (!isWhole || otherFilesOf(parsed).length > 0 || isTakenAsFile(path, parsed, folder)) complete = false;
  }
  return {
    file,
    path,
    interpolates,
    givenTo,
    uses: grouped(uses, (it) => it.name),
    alsoSet: setBeside(
      path,
      givenTo.map((it) => it.composeFile),
      around,
    ),
    usesComplete: complete && interpolates.length > 0 && givenTo.length === 0 && isComposeAlone(path, around),
    composeFiles:
      basename(path) === ".env"
        ? listedComposeFiles(file, delimiter, (it) => around.disk.kindOf(resolve(dirname(path), it)))
        : [],
    isInProject: composeFiles.length > 0,
    mayBeGiven: composeFiles.some((it) => dirname(it) === dirname(path)) && !isOfFramework(path, around),
  };
}

const unread = {
  interpolates: [],
  givenTo: [],
  uses: new Map(),
  alsoSet: new Map<string, string | undefined>(),
  usesComplete: false,
  composeFiles: [],
} as const;

/** What the `.env` files beside Compose files set. */
function setBeside(
  path: string,
  composeFiles: readonly string[],
  { textAt }: Around,
): ReadonlyMap<string, string | undefined> {
  const files = new Set(composeFiles.map((it) => join(dirname(it), ".env")));
  files.delete(path);
  const found = new Map<string, string | undefined>();
  for (const it of files)
    for (const [name, value] of resolveDotenv(parseDotenv(textAt(it) ?? ""), () => undefined))
      found.set(name, value.known ? value.text : undefined);
  return found;
}

/** Does a service get the file itself: mounted, alone or with its folder, or by a build from there? */
function isTakenAsFile(path: string, { root }: ComposeFile, folder: string): boolean {
  const holdsIt = (written: string | undefined) => {
    const full = resolve(folder, (written ?? ".").replace(/^\$\{?PWD\}?/, "."));
    return full === path || path.startsWith(full.endsWith(sep) ? full : `${full}${sep}`);
  };
  return entriesOf(valueAt(root, "services")).some(({ value: service }) => {
    const build = valueAt(service, "build");
    const context = build?.kind === "scalar" ? build.value : scalarAt(build, "context")?.value;
    if (build && holdsIt(context)) return true;
    return itemsOf(valueAt(service, "volumes")).some((it) => {
      const mounted = it.kind === "scalar" ? it.value.split(":", 1)[0] : scalarAt(it, "source")?.value;
      return mounted !== undefined && /^[.~$/\\]|^[A-Za-z]:/.test(mounted) && holdsIt(mounted);
    });
  });
}

function usesOfFile(path: string, { textAt }: Around): readonly VariableUse[] {
  const text = textAt(path);
  return text?.includes("$") ? variableUsesInDotenv(parseDotenv(text), path) : [];
}

/** `.env.development` and its like, which Vite, Next.js, Rails and Symfony read by rules of their own; templates are for all. */
function isOfFramework(path: string, { disk }: Around): boolean {
  const name = basename(path);
  if (/\.local$/.test(name)) return true;
  if (!name.startsWith(".env.") || /example|sample|template|dist|defaults?$/.test(name)) return false;
  return (disk.list(dirname(path)) ?? []).some((it) => /^(?:package\.json|Gemfile|composer\.json)$/.test(it));
}

/** In the folder and those above, and in folders right below it: `deploy/compose.yaml` may name `../app.env`. */
function composeFilesAround(path: string, around: Around): readonly string[] {
  const own = dirname(path);
  const up = foldersUpFrom(own, around);
  const below = up.slice(0, 2).flatMap((folder) => foldersBelow(folder, around));
  return [...new Set([...up, ...below])].flatMap((folder) =>
    composeFilesIn(folder, around).map((it) => join(folder, it)),
  );
}

function foldersBelow(folder: string, { disk }: Around): readonly string[] {
  return (disk.list(folder) ?? [])
    .filter((it) => /^(?:\.?docker|\.devcontainer|deploy(?:ment)?|infra|compose|ops|stack)$/i.test(it))
    .map((it) => join(folder, it))
    .filter((it) => disk.kindOf(it) === "directory");
}

/**
 * Is there nothing beside the Compose files that reads `.env` by itself? Frameworks do so, and so may a script, a Makefile or a
 * program whose sources stand there.
 */
function isComposeAlone(path: string, { disk }: Around): boolean {
  const names = disk.list(dirname(path));
  return (
    names?.every((it) => HARMLESS.test(it) || disk.kindOf(join(dirname(path), it)) === "directory") ?? false
  );
}

const HARMLESS =
  /^(?:\.env.*|.+\.env|\.git.*|\..+ignore|.+\.(?:md|txt|ya?ml|conf|cnf|sql|crt|pem|key|html|css|svg|png)|licen[cs]e|readme|caddyfile|dockerfile.*|.+\.dockerfile|containerfile.*|\.editorconfig|\.plimsoll.*)$/i;
