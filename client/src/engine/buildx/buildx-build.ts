import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buildFailure } from "../build/build-failure.ts";
import type { BuildLog } from "../build/build-log.ts";
import type { BuildEvent, BuilderChoice, BuildRequest } from "../build/build-types.ts";
import { buildKitLog } from "../buildkit/buildkit-log.ts";
import { type Connection, call } from "../connection.ts";
import { mustBeFolder } from "../context/context.ts";
import { openDockerfileFolder } from "../context/dockerfile-folder.ts";
import { cancelled, otherFailure } from "../failures.ts";
import { readInfo } from "../info.ts";
import { isMissing, withoutBuildx } from "./buildx.ts";
import { buildxCommand, readImageId } from "./buildx-command.ts";
import { readProgressLine } from "./buildx-progress.ts";

/** How long a builder gets to end by itself when a build is cancelled, ms. */
const grace = 3_000;

/**
 * Builds with a builder of `docker buildx`: another machine, a cluster, several platforms. The same events as from the engine.
 * Cancelling, or ending the iteration early, ends the program and all that it started. Throws EngineError.
 */
export async function* buildWithBuildx(
  connection: Connection,
  request: BuildRequest,
  builder: BuilderChoice,
  secrets: ReadonlyMap<string, Buffer>,
  signal: AbortSignal | undefined,
): AsyncGenerator<BuildEvent> {
  const began = performance.now();
  await refuseImpossible(connection, request, builder, signal);
  await mustBeFolder(request.context);
  const dockerfile = await openDockerfileFolder(request);
  const answers = await mkdtemp(join(tmpdir(), "plimsoll-buildx-"));
  const idFile = join(answers, "image-id");
  const { args, environment, input } = buildxCommand(
    request,
    builder,
    secrets,
    join(dockerfile.folder, dockerfile.name),
    idFile,
  );
  const child = spawn("docker", args, {
    // A group of its own, so that it can be ended with all that it started.
    detached: process.platform !== "win32",
    stdio: ["pipe", "ignore", "pipe"],
    env: { ...process.env, ...engineOf(connection), ...environment },
  });
  const ended = endOf(child);
  // One that is not there, or ends before it has read all, says why by how it ends.
  child.stdin.on("error", () => {}).end(input);
  const onAbort = () => endGroup(child);
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    const log = buildKitLog();
    const said: string[] = [];
    // Nothing is lost while we wait for whoever takes the events: lines are read as they are asked for.
    for await (const line of createInterface({ input: child.stderr })) {
      const record = readProgressLine(line);
      if (record) yield* log.read(record);
      else if (line.trim() !== "") said.push(line);
    }
    const end = await ended;
    if (signal?.aborted) throw cancelled();
    if (end instanceof Error || end !== 0) throw failureOf(builder.name, end, said, log);
    yield* log.end();
    yield {
      kind: "finished",
      imageId: await imageId(connection, request, builder, idFile),
      milliseconds: performance.now() - began,
    };
  } finally {
    signal?.removeEventListener("abort", onAbort);
    if (child.exitCode === null && child.signalCode === null) endGroup(child);
    dockerfile.close();
    await rm(answers, { recursive: true, force: true });
  }
}

async function refuseImpossible(
  connection: Connection,
  { tags }: BuildRequest,
  { output, platforms }: BuilderChoice,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (output === "push" && tags.length === 0)
    throw otherFailure("An image needs a tag that names a registry before it can be pushed.");
  if (output === "push" || platforms.length < 2) return;
  const { imageStore } = await readInfo(connection, signal);
  if (imageStore === "graph")
    throw otherFailure(
      `This engine cannot hold an image for several platforms (${platforms.join(", ")}). Push it to a registry, choose one platform, or switch the engine to the containerd image store.`,
    );
}

/** The builder that is the engine's own has to be of the engine that is used here; one with TLS is found by docker itself. */
function engineOf({ address }: Connection): Record<string, string> {
  return /^tcp:.*:2376\/?$/.test(address) ? {} : { DOCKER_HOST: address };
}

/** The exit code, or why there is none. */
function endOf(child: ChildProcess): Promise<number | Error> {
  return new Promise((resolve) => {
    child.once("error", resolve);
    child.once("close", (code) => resolve(code ?? new Error("it was ended")));
  });
}

function failureOf(builder: string, end: number | Error, said: readonly string[], log: BuildLog): Error {
  const text = said.join("\n");
  if (isMissing(end instanceof Error ? { code: (end as NodeJS.ErrnoException).code } : {}, text))
    return withoutBuildx();
  const message = errorIn(said)
    ?.replace(/^failed to build: /, "")
    .replace(/^failed to solve: /, "");
  if (message === undefined)
    return otherFailure(
      `“docker buildx build” failed: ${said.at(-1) ?? String(end instanceof Error ? end.message : end)}`,
    );
  // The latter is how it begins to tell of its pods and containers.
  const isUnreached = /context deadline exceeded|connection refused|no such host/.test(message);
  if ((log.failing === undefined && isUnreached) || /^error for bootstrap /.test(message))
    return otherFailure(
      `The builder “${builder}” cannot be reached: ${message}. Look at it with “docker buildx inspect ${builder}”, or build with the engine.`,
    );
  return buildFailure(message, log);
}

/** The last error that it told, which may have several lines, as git's has. What follows is advice of Docker Desktop. */
function errorIn(said: readonly string[]): string | undefined {
  const from = said.findLastIndex((line) => line.startsWith("ERROR: "));
  if (from < 0) return undefined;
  const after = said.slice(from + 1);
  const advice = after.findIndex((line) => /^(?:View build details|What's next)/.test(line));
  const lines = [said[from] ?? "", ...after.slice(0, advice < 0 ? after.length : advice)];
  return lines
    .map((it) => it.trim())
    .join(" ")
    .replace(/^ERROR: /, "");
}

/** As the engine names it where it was loaded, else the digest that was pushed. */
async function imageId(
  connection: Connection,
  { tags }: BuildRequest,
  { output }: BuilderChoice,
  idFile: string,
): Promise<string> {
  const written = readImageId(await readFile(idFile, "utf8").catch(() => ""));
  const tag = tags[0];
  if (output === "push" || tag === undefined) return written;
  const image = (await call(connection, {
    method: "GET",
    path: `/images/${encodeURIComponent(tag)}/json`,
  }).catch(() => undefined)) as { readonly Id?: string } | undefined;
  return image?.Id ?? written;
}

function endGroup(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null) return;
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore" }).on("error", () => {});
    return;
  }
  signalGroup(pid, "SIGTERM");
  const timer = setTimeout(() => signalGroup(pid, "SIGKILL"), grace);
  child.once("close", () => clearTimeout(timer));
}

function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch {
    // It is gone already.
  }
}
