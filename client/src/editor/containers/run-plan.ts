import path from "node:path";
import { l10n, Uri, workspace } from "vscode";
import type { ImageDetails, Mount, RunRequest } from "../../engine/engine.ts";
import { otherFailure } from "../../engine/failures.ts";
import { readEnvFile } from "../../shared/env-file.ts";
import { confirmSheet } from "../sheet.ts";
import type { RunDraft, RunMemory } from "./run-memory.ts";
import { exposedPorts } from "./run-ports.ts";
import { runLines } from "./run-sheet.ts";

/** What one can say about a run beforehand. What is left open is as it was the last time, else as the image says. */
export interface RunAnswers {
  /** A tag or an id. */
  readonly image?: string;
  /** Instead of `image`: the last one built from this stage of this Dockerfile; it is built if there is none. */
  readonly dockerfile?: string;
  readonly target?: string;
  /** Container port → host port, 0 for a free one; what the image exposes when absent. */
  readonly ports?: Readonly<Record<string, number>>;
  /** `NAME=value` each; goes before the files. */
  readonly environment?: readonly string[];
  /** Absolute paths of `.env` files; a later one goes before an earlier one. */
  readonly environmentFiles?: readonly string[];
  readonly mounts?: readonly Mount[];
  /** In a terminal that one can type in. */
  readonly interactive?: boolean;
  readonly init?: boolean;
  readonly readOnly?: boolean;
  /** The container stays when it is stopped. */
  readonly keep?: boolean;
  readonly user?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly name?: string;
  /** Shows the sheet although the image is known. */
  readonly confirm?: boolean;
  /** Resolves only when the health check has said yes or no. */
  readonly waitForHealth?: boolean;
}

/**
 * Fills in what `answers` leaves open, and asks on one sheet unless the image was named. Undefined when the user leaves.
 * `folder` is where the image was built, for its `.env`. Throws an EngineError when an environment file cannot be read.
 */
export async function planRun(
  image: string,
  details: ImageDetails,
  memory: RunMemory,
  answers: RunAnswers,
  folder: string | undefined,
): Promise<RunRequest | undefined> {
  const draft = await draftFor(image, memory, answers, folder);
  if (answers.image === undefined || answers.confirm === true) {
    const confirmed = await confirmSheet(
      l10n.t("Run Image"),
      () => ({ icon: "play", label: l10n.t("Run {0}", image) }),
      () => runLines(image, details.config, draft),
    );
    if (!confirmed) return undefined;
    await memory.remember(image, draft);
  }
  return requestOf(image, details, draft, answers.name);
}

async function draftFor(
  image: string,
  memory: RunMemory,
  answers: RunAnswers,
  folder: string | undefined,
): Promise<RunDraft> {
  const last = memory.settings(image);
  return {
    ports: answers.ports ?? last?.ports,
    environment: answers.environment ?? last?.environment ?? [],
    environmentFiles:
      answers.environmentFiles ??
      last?.environmentFiles ??
      // Only where the sheet shows it before it is handed in.
      (answers.image === undefined || answers.confirm ? await envFileOf(folder) : []),
    mounts: answers.mounts ?? last?.mounts ?? [],
    interactive: answers.interactive ?? last?.interactive ?? false,
    init: answers.init ?? last?.init ?? false,
    readOnly: answers.readOnly ?? last?.readOnly ?? false,
    keep: answers.keep ?? last?.keep ?? false,
    user: answers.user ?? last?.user,
    entrypoint: answers.entrypoint ?? last?.entrypoint,
    command: answers.command ?? last?.command,
  };
}

/** The `.env` beside what the image was built from. */
async function envFileOf(folder: string | undefined): Promise<string[]> {
  if (folder === undefined) return [];
  const file = path.join(folder, ".env");
  try {
    await workspace.fs.stat(Uri.file(file));
    return [file];
  } catch {
    return [];
  }
}

async function requestOf(
  image: string,
  { config }: ImageDetails,
  draft: RunDraft,
  name: string | undefined,
): Promise<RunRequest> {
  const { mounts, interactive, init, readOnly, keep, user, entrypoint, command } = draft;
  return {
    image,
    ports: draft.ports ?? exposedPorts(config.exposedPorts),
    environment: await environmentOf(draft),
    mounts,
    interactive,
    init,
    readOnly,
    keep,
    ...(user !== undefined && { user }),
    ...(entrypoint !== undefined && { entrypoint }),
    ...(command !== undefined && { command }),
    ...(name !== undefined && { name }),
  };
}

/** Of the files, then what was given by name: the last of a name counts, as for `docker run`. */
async function environmentOf({ environment, environmentFiles }: RunDraft): Promise<readonly string[]> {
  const all = new Map<string, string>();
  for (const file of environmentFiles ?? [])
    for (const [name, value] of await variablesOf(file)) all.set(name, `${name}=${value}`);
  for (const it of environment) all.set(it.split("=")[0] ?? "", it);
  return [...all.values()];
}

/** By name. Throws an EngineError with a sentence when the file cannot be read, or has a mistake. */
async function variablesOf(file: string): Promise<ReadonlyMap<string, string>> {
  let bytes: Uint8Array;
  try {
    bytes = await workspace.fs.readFile(Uri.file(file));
  } catch {
    throw otherFailure(
      l10n.t(
        "The environment file {0} cannot be read. Is it there? Choose another, or none, under “Environment files”.",
        workspace.asRelativePath(file),
      ),
    );
  }
  const { variables, mistake } = readEnvFile(new TextDecoder().decode(bytes), process.env);
  if (mistake)
    throw otherFailure(
      l10n.t(
        "Line {0} of the environment file {1} has a mistake. {2} Mend it, or choose another file, or none, under “Environment files”.",
        mistake.line,
        workspace.asRelativePath(file),
        mistake.message,
      ),
    );
  return variables;
}
