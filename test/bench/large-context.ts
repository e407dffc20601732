import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createConnection, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect } from "../../client/src/engine/connect.ts";
import { startEngineWithBases } from "../setup/bases.ts";
import { buildElsewhere } from "../support/engine/build-elsewhere.ts";

/**
 * Large build contexts, on one engine with an empty cache each time: `npm run bench large-context`. Allowed: the content of the first file is on its way within
 * 1 s (50,000 files), the process has at most 400 MB at any time, and the first progress is told within 200 ms of the engine's first byte.
 */
const count = 50_000;
const MB = 1024 * 1024;
const allowed = { firstContent: 1_000, memory: 400 * MB, firstProgress: 200 };
const marker = "plimsoll-first-content";

const folder = mkdtempSync(path.join(tmpdir(), "plimsoll-bench-"));
const engine = await startEngineWithBases();
const rows: Record<string, unknown>[] = [];
const late: string[] = [];

interface Seen {
  /** performance.now() of the first call of a build, and of the first content of a file on its way. */
  began: number;
  content: number;
  bytes: number;
}

/** Stands in front of the engine and sees what goes to it. `old` hides BuildKit. */
async function proxy(seen: Seen, old: boolean): Promise<{ address: string; close(): void }> {
  const version = JSON.parse(await engine.docker("version", "--format", "{{json .Server}}"));
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = createConnection({
      path: engine.dockerHost.replace("unix://", ""),
      allowHalfOpen: true,
    });
    for (const it of [client, upstream]) {
      open.add(it);
      it.on("error", () => {}).on("close", () => open.delete(it));
    }
    client.once("data", (first) => {
      if (!first.includes("GET /version")) return;
      seen.began ||= performance.now();
      if (!old) return;
      upstream.unpipe(client).resume();
      const body = JSON.stringify({ ...version, ApiVersion: "1.39" });
      client.end(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n${body}`);
    });
    client.on("data", (piece: Buffer) => {
      seen.bytes += piece.length;
      if (!seen.content && piece.includes(marker)) seen.content = performance.now();
    });
    client.pipe(upstream).pipe(client);
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
  });
  const socket = path.join(folder, `proxy-${Math.random().toString(36).slice(2)}.sock`);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const close = () => {
    server.close();
    for (const it of open) it.destroy();
  };
  return { address: `unix://${socket}`, close };
}

async function measure(what: string, context: string): Promise<void> {
  for (const way of ["BuildKit", "classic builder"]) {
    const seen: Seen = { began: 0, content: 0, bytes: 0 };
    const { address, close } = await proxy(seen, way !== "BuildKit");
    const start = performance.now();
    const request = {
      context,
      dockerfile: path.join(context, "Dockerfile"),
      tags: [],
      buildArguments: {},
      noCache: true,
    };
    const { message, mostMemory } = await buildElsewhere(address, request).result;
    const ended = performance.now();
    close();
    if (message !== "") throw new Error(`${what}, ${way}: ${message}`);
    const firstContent = seen.content - seen.began;
    rows.push({
      what,
      way,
      "first content, ms": Math.round(firstContent),
      "all, s": ((ended - Math.max(start, seen.began)) / 1000).toFixed(1),
      "sent, MB": Math.round(seen.bytes / MB),
      "most memory, MB": Math.round(mostMemory / MB),
    });
    if (mostMemory > allowed.memory) late.push(`${what}, ${way}: memory`);
    if (what.includes("files") && firstContent > allowed.firstContent)
      late.push(`${what}, ${way}: first content`);
    await engine.docker("builder", "prune", "--all", "--force");
    await engine.docker("image", "prune", "--force");
  }
  const start = performance.now();
  await engine.docker("build", "--quiet", "--no-cache", context);
  rows.push({ what, way: "docker build", "all, s": ((performance.now() - start) / 1000).toFixed(1) });
  await engine.docker("builder", "prune", "--all", "--force");
}

/** ms from the engine's first byte of a build to what is told of it; the median of several. */
async function firstProgress(context: string): Promise<number> {
  const waits: number[] = [];
  for (let round = 0; round < 9; round++) {
    let first = 0;
    const server = createServer({ allowHalfOpen: true }, (client) => {
      const upstream = createConnection({
        path: engine.dockerHost.replace("unix://", ""),
        allowHalfOpen: true,
      });
      for (const it of [client, upstream]) it.on("error", () => {});
      client.once("data", (asked) => {
        if (asked.includes("POST /build")) upstream.once("data", () => (first = performance.now()));
      });
      client.pipe(upstream).pipe(client);
    });
    const socket = path.join(folder, `progress-${round}.sock`);
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const ours = await connect({ address: `unix://${socket}` });
    const request = {
      context,
      dockerfile: path.join(context, "Dockerfile"),
      tags: [],
      buildArguments: {},
      noCache: true,
    };
    let told = 0;
    for await (const _ of ours.build(request)) told ||= performance.now();
    waits.push(told - first);
    server.close();
  }
  return waits.toSorted((a, b) => a - b)[4] ?? Number.NaN;
}

try {
  const many = path.join(folder, "many");
  for (let at = 0; at < count; at++) {
    const below = path.join(many, `d${at % 500}`);
    if (at < 500) mkdirSync(below, { recursive: true });
    writeFileSync(path.join(below, `file-${at}.ts`), `// ${marker}\nexport const number = ${at};\n`);
  }
  writeFileSync(path.join(many, "Dockerfile"), "FROM scratch\nCOPY . /\n");
  await measure(`${count} files`, many);

  const sparse = path.join(folder, "sparse");
  mkdirSync(sparse);
  writeFileSync(path.join(sparse, "a"), marker);
  writeFileSync(path.join(sparse, "big"), "");
  truncateSync(path.join(sparse, "big"), 2048 * MB);
  writeFileSync(path.join(sparse, "Dockerfile"), "FROM scratch\nCOPY . /\n");
  await measure("2 GB in one file", sparse);
  console.table(rows);

  const small = path.join(folder, "small");
  mkdirSync(small);
  writeFileSync(path.join(small, "Dockerfile"), "FROM alpine:3.20\nRUN sleep 0.5\n");
  const waited = await firstProgress(small);
  console.log(
    `The first progress is told ${waited.toFixed(1)} ms after the engine's first byte (allowed: ${allowed.firstProgress}).`,
  );
  if (!(waited <= allowed.firstProgress)) late.push("first progress");
  for (const it of late) console.log(`Not as allowed: ${it}.`);
  if (late.length > 0) process.exitCode = 1;
} finally {
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
}
