import { execFile } from "node:child_process";
import { commandLineEnvironment } from "../setup/engine.ts";

/** What `docker compose` said in the end. */
export interface Said {
  readonly failed: boolean;
  readonly output: string;
  readonly errors: string;
}

/** Runs `docker compose` in a folder, with none of the variables that whoever runs the tests has set. */
export function dockerCompose(folder: string, dockerHost: string, ...args: readonly string[]): Promise<Said> {
  const { HOME = "/", PATH = "" } = process.env;
  const env = { HOME, PATH, ...commandLineEnvironment(), DOCKER_HOST: dockerHost };
  return new Promise((resolve) => {
    execFile("docker", ["compose", ...args], { cwd: folder, env, timeout: 60_000 }, (error, output, errors) =>
      resolve({ failed: error !== null, output, errors }),
    );
  });
}
