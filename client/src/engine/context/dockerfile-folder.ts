import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { BuildRequest } from "../build/build-types.ts";
import { otherFailure } from "../failures.ts";
import { reason } from "../local-files.ts";
import { readDockerfile } from "./context.ts";

/** Where BuildKit finds the Dockerfile and the ignore file that goes with it. */
export interface DockerfileFolder {
  readonly folder: string;
  readonly name: string;
  close(): void;
}

/**
 * The Dockerfile's own folder, or for a text that is not on disk a folder that lives as long as the build.
 * Throws EngineError when the file cannot be read.
 */
export async function openDockerfileFolder({
  dockerfile,
  dockerfileText,
}: BuildRequest): Promise<DockerfileFolder> {
  const name = basename(dockerfile);
  if (dockerfileText === undefined) {
    await readDockerfile(dockerfile);
    return { folder: dirname(dockerfile), name, close: () => {} };
  }
  const folder = await mkdtemp(join(tmpdir(), "plimsoll-dockerfile-"));
  const close = () => {
    rm(folder, { recursive: true, force: true }).catch(() => {});
  };
  try {
    await writeFile(join(folder, name), dockerfileText);
  } catch (error) {
    close();
    throw otherFailure(`The text of the Dockerfile cannot be written to ${folder}: ${reason(error)}.`);
  }
  await copyFile(`${dockerfile}.dockerignore`, join(folder, `${name}.dockerignore`)).catch(() => {});
  return { folder, name, close };
}
