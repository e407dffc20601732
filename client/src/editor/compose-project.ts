import { existsSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { Uri } from "vscode";
import { projectFiles } from "../compose/project-files.ts";
import { projectName } from "../compose/project-name.ts";
import type { ProjectIdentity } from "../compose/service-state.ts";
import type { LanguageServer } from "../language-server.ts";
import type { ServiceInfo } from "../shared/server-messages.ts";

/** The project that a Compose file belongs to, as Compose sees it from the file's folder. */
export interface ComposeProject {
  readonly file: Uri;
  /** Where Compose runs. */
  readonly folder: string;
  /** What goes behind `-f`. */
  readonly chosen: readonly string[];
  readonly identity: ProjectIdentity;
  /** For people: the name, or the folder's where the name is not known. */
  readonly label: string;
  /** Of all its files; of a service that several describe, what each says. */
  readonly services: readonly ServiceInfo[];
  readonly profiles: readonly string[];
  /** Those that `COMPOSE_PROFILES` turns on where none is chosen. */
  readonly usualProfiles: readonly string[];
}

/** Reads which files make the project and what they say. Files that cannot be read say nothing: Compose itself will tell. */
export async function readComposeProject(file: Uri, language: LanguageServer): Promise<ComposeProject> {
  const folder = path.dirname(file.fsPath);
  const variables = { ...readEnvFile(path.join(folder, ".env")), ...process.env };
  const { chosen, read } = projectFiles(path.basename(file.fsPath), {
    has: (name) => existsSync(path.join(folder, name)),
    resolve: (it) => path.resolve(folder, it),
    variable: (name) => variables[name],
    listSeparator: path.delimiter,
  });
  const results = await Promise.all(read.map((it) => language.services(Uri.file(it))));
  // Of several files the first one's folder is the project's.
  const home = path.dirname(read[0] ?? file.fsPath);
  const name = projectName(
    variables["COMPOSE_PROJECT_NAME"],
    results.map((it) => it?.name ?? null),
    path.basename(home),
  );
  const services = results.flatMap((it) => it?.services ?? []);
  return {
    file,
    folder,
    chosen,
    identity: { name, folder: realPath(home), files: read.map(realPath) },
    label: name ?? path.basename(home),
    services,
    profiles: [...new Set(services.flatMap((it) => it.profiles))].toSorted(),
    usualProfiles: (variables["COMPOSE_PROFILES"] ?? "").split(",").map((it) => it.trim()),
  };
}

/** Names of the services, each once. */
export function serviceNames({ services }: ComposeProject): readonly string[] {
  return [...new Set(services.map((it) => it.name))];
}

/** Compose labels what it makes with paths in which links are resolved. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** Only what is plain is of use here: the variables that say which project it is. */
function readEnvFile(file: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return {};
  }
  const lines = text.matchAll(/^[ \t]*(?:export[ \t]+)?(COMPOSE_\w+)[ \t]*=[ \t]*(.*?)[ \t]*$/gm);
  return Object.fromEntries(
    [...lines].map(([, name, value = ""]) => [name, value.replace(/^(["'])(.*)\1$/, "$2")]),
  );
}
