import { execFile } from "node:child_process";
import { commandLineEnvironment } from "../../setup/engine.ts";

/** What `docker` said in the end. */
export interface Said {
  readonly failed: boolean;
  readonly output: string;
  readonly errors: string;
}

/** Where it runs, and what it reads from standard input. */
interface Surroundings {
  readonly folder?: string;
  readonly input?: string;
}

/** Runs `docker` with none of the variables that whoever runs the tests has set. */
export function dockerCommand(
  dockerHost: string,
  args: readonly string[],
  { folder, input = "" }: Surroundings = {},
): Promise<Said> {
  const { HOME = "/", PATH = "" } = process.env;
  const env = { HOME, PATH, ...commandLineEnvironment(), DOCKER_HOST: dockerHost };
  return new Promise((resolve) => {
    const child = execFile("docker", args, { cwd: folder, env, timeout: 60_000 }, (error, output, errors) =>
      resolve({ failed: error !== null, output, errors }),
    );
    // One that could not be started, or that ended before it read all, has said so by then.
    child.stdin?.on("error", () => {}).end(input);
  });
}

/** Runs `docker compose` in a folder. */
export function dockerCompose(folder: string, dockerHost: string, ...args: readonly string[]): Promise<Said> {
  return dockerCommand(dockerHost, ["compose", ...args], { folder });
}
