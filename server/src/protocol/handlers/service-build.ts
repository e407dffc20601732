import { homedir } from "node:os";
import { resolve } from "node:path";
import type {
  ServiceBuildParams,
  ServiceBuildResult,
} from "../../../../client/src/shared/server-messages.ts";
import { buildRecipe } from "../../model/compose/build-recipe.ts";
import { scalarAt } from "../../syntax/compose/find.ts";
import { interpolate } from "../../syntax/compose/interpolate.ts";
import type { Session } from "../session.ts";
import { pathOfUri } from "../uris.ts";

/** `plimsoll/serviceBuild`: how Compose would build a service, with the variables of this process over those of the project. */
export async function answerServiceBuild(
  session: Session,
  { uri, service }: ServiceBuildParams,
): Promise<ServiceBuildResult | null> {
  const subject = await session.subjectOnDisk(uri);
  const file = pathOfUri(uri);
  if (subject?.snapshot.kind !== "compose" || file === undefined) return null;
  const project = subject.workspace.project(subject.snapshot);
  const folder = resolve(file, "..");
  const shell = (name: string) => process.env[name];
  const written = scalarAt(project.file.root, "name")?.value;
  const name =
    shell("COMPOSE_PROJECT_NAME") ||
    project.variables("COMPOSE_PROJECT_NAME") ||
    (written && interpolate(written, (it) => shell(it) ?? project.variables(it)).text) ||
    folder;
  const recipe = buildRecipe(project, service, shell, projectName(name));
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
