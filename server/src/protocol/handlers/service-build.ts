import { homedir } from "node:os";
import { resolve } from "node:path";
import type {
  ServiceBuildParams,
  ServiceBuildResult,
} from "../../../../client/src/shared/server-messages.ts";
import { buildRecipe } from "../../model/compose/builds/build-recipe.ts";
import { isRemoteContext } from "../../model/compose/files/remote.ts";
import type { Session } from "../session.ts";

/** `plimsoll/serviceBuild`: how Compose would build a service of the whole project, with the variables of this process over those of `.env`. */
export async function answerServiceBuild(
  session: Session,
  { uri, service }: ServiceBuildParams,
): Promise<ServiceBuildResult | null> {
  const subject = await session.subjectOnDisk(uri);
  if (subject?.snapshot.kind !== "compose") return null;
  const shell = (name: string) => process.env[name];
  const project = subject.workspace.effectiveIn(subject.snapshot, shell);
  if (!project?.main) return null;
  const folder = resolve(project.main.path, "..");
  const recipe = buildRecipe(project, service);
  if (!recipe) return null;
  const isRemote = isRemoteContext(recipe.context);
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
      [...recipe.contexts].map(([key, path]) => [key, isRemoteContext(path) ? path : place(folder, path)]),
    ),
    extraHosts: Object.fromEntries(recipe.extraHosts),
  };
}

/** Absolute. Compose takes `~` for the home folder, as a shell would. */
function place(folder: string, path: string): string {
  return /^~(?:[\\/]|$)/.test(path) ? resolve(homedir(), `.${path.slice(1)}`) : resolve(folder, path);
}
