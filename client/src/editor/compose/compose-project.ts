import { realpathSync } from "node:fs";
import path from "node:path";
import { Uri } from "vscode";
import type { ProjectIdentity } from "../../compose/service-state.ts";
import type { LanguageServer } from "../../language-server.ts";
import type { ProjectServiceInfo } from "../../shared/server-messages.ts";

/** The project that a Compose file belongs to, as Compose sees it when it is started in the folder of `file`. */
export interface ComposeProject {
  /** The file that Compose is started with. */
  readonly file: Uri;
  /** Where Compose runs. */
  readonly folder: string;
  /** What goes behind `-f`. */
  readonly chosen: readonly string[];
  readonly identity: ProjectIdentity;
  /** For people: the name, or the folder's where the name is not known. */
  readonly label: string;
  /** Of all its files, those that are included among them. */
  readonly services: readonly ProjectServiceInfo[];
  readonly profiles: readonly string[];
  /** Those that `COMPOSE_PROFILES` turns on where none is chosen. */
  readonly usualProfiles: readonly string[];
}

/** Asks which project a file belongs to. A file of which that cannot be told stands for itself: Compose itself will tell. */
export async function readComposeProject(asked: Uri, language: LanguageServer): Promise<ComposeProject> {
  const found = await language.composeProject(asked);
  const file = found ? Uri.parse(found.main) : asked;
  const files = (found?.files ?? [file.toString()]).map((it) => Uri.parse(it).fsPath);
  // Of several files the first one's folder is the project's.
  const home = path.dirname(files[0] ?? file.fsPath);
  const services = found?.services ?? [];
  const profiles = [...new Set(services.flatMap((it) => it.profiles))].toSorted();
  const usual = found?.usualProfiles ?? [];
  return {
    file,
    folder: path.dirname(file.fsPath),
    chosen: found?.found ? [] : [file.fsPath],
    identity: { name: found?.name ?? undefined, folder: realPath(home), files: files.map(realPath) },
    label: found?.name ?? path.basename(home),
    services,
    profiles,
    usualProfiles: usual.includes("*") ? profiles : usual,
  };
}

/** Names of the services. */
export function serviceNames({ services }: ComposeProject): readonly string[] {
  return services.map((it) => it.name);
}

/** Compose labels what it makes with paths in which links are resolved. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
