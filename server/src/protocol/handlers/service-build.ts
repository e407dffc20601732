import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type {
  ServiceBuildParams,
  ServiceBuildResult,
} from "../../../../client/src/shared/server-messages.ts";
import { buildRecipe } from "../../model/compose/build-recipe.ts";
import type { ComposeProject } from "../../model/compose/project.ts";
import { scalarAt } from "../../syntax/compose/find.ts";
import { interpolate } from "../../syntax/compose/interpolate.ts";
import type { Session } from "../session.ts";
import { pathOfUri, uriOfPath } from "../uris.ts";

/** `plimsoll/serviceBuild`: how Compose would build a service, its override file included, with the variables of this process over those of the project. */
export async function answerServiceBuild(
  session: Session,
  { uri, service }: ServiceBuildParams,
): Promise<ServiceBuildResult | null> {
  const file = pathOfUri(uri);
  if (file === undefined) return null;
  const projects = await Promise.all(filesOf(file).map((it) => projectOf(session, uriOfPath(it))));
  const files = projects.flatMap((it) => it ?? []);
  const [main] = files;
  if (!main) return null;
  const folder = resolve(file, "..");
  const shell = (name: string) => process.env[name];
  const variable = (name: string) => shell(name) ?? main.variables(name);
  const written = files.flatMap((it) => scalarAt(it.file.root, "name")?.value ?? []).at(-1);
  const name = variable("COMPOSE_PROJECT_NAME") || (written && interpolate(written, variable).text) || folder;
  const recipe = buildRecipe(files, service, shell, projectName(name));
  if (!recipe) return null;
  const isRemote = isAddress(recipe.context);
  const context = isRemote ? recipe.context : place(folder, recipe.context);
  return {
    ...recipe,
    context,
    isRemote,
    dockerfile: isRemote ? null : resolve(context, recipe.dockerfile ?? "Dockerfile"),
    inline: recipe.inline ?? null,
    target: recipe.target ?? null,
    network: recipe.network ?? null,
    args: Object.fromEntries([...recipe.args].map(([key, value]) => [key, value ?? shell(key) ?? null])),
    secrets: recipe.secrets.map(({ id, file: path, environment }) => ({
      id,
      file: path === undefined ? null : place(folder, path),
      environment: environment ?? null,
    })),
    ssh: [...recipe.ssh].map(([id, path]) => ({ id, path: path ? place(folder, path) : null })),
    labels: Object.fromEntries(recipe.labels),
    contexts: Object.fromEntries(
      [...recipe.contexts].map(([key, path]) => [key, isAddress(path) ? path : place(folder, path)]),
    ),
    extraHosts: Object.fromEntries(recipe.extraHosts),
  };
}

/** The files that Compose itself looks for (compose-go, cli/options.go, read 2026-11). */
const usual = /^(?:docker-)?compose\.ya?ml$/;
const override = /^(?:docker-)?compose\.override\.ya?ml$/;

/** A file and what Compose lays over it without being told, or that over which it is laid. */
function filesOf(file: string): readonly string[] {
  const name = basename(file);
  if (!usual.test(name) && !override.test(name)) return [file];
  const beside = namesIn(dirname(file));
  const main = usual.test(name) ? name : beside.find((it) => usual.test(it));
  const over = override.test(name) ? name : beside.find((it) => override.test(it));
  return [main, over].flatMap((it) => (it === undefined ? [] : join(dirname(file), it)));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}

async function projectOf(session: Session, uri: string): Promise<ComposeProject | undefined> {
  const subject = await session.subjectOnDisk(uri);
  return subject?.snapshot.kind === "compose" ? subject.workspace.project(subject.snapshot) : undefined;
}

/** Absolute. Compose takes `~` for the home folder, as a shell would. */
function place(folder: string, path: string): string {
  return /^~(?:[\\/]|$)/.test(path) ? resolve(homedir(), `.${path.slice(1)}`) : resolve(folder, path);
}

/** As Compose makes it of a folder's name or of what is written: lower case, and only letters, digits, `-` and `_`. */
function projectName(text: string): string {
  const last = text.split(/[\\/]/).filter(Boolean).at(-1) ?? "";
  return last
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}

/** A repository, an image or another service's: no folder here. */
function isAddress(path: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]+:|git@|github\.com\/)/i.test(path) && !/^[A-Za-z]:[\\/]/.test(path);
}
