import path from "node:path";
import { fileURLToPath } from "node:url";
import { connect } from "../../client/src/engine/connect.ts";
import { startEngineWithBases } from "../setup/bases.ts";

/**
 * Compares the wall-clock time of a build with that of `docker build`, same context and everything in the cache, in turns on
 * one engine: `npm run bench build-overhead`. The command line's own start is measured too, as it is no work of the build.
 */
const rounds = 9;
const context = fileURLToPath(new URL("../../examples/go-api", import.meta.url));
const dockerfile = path.join(context, "Dockerfile");

const engine = await startEngineWithBases();
try {
  const ours = await connect({ address: engine.dockerHost });
  const buildOurs = async () => {
    for await (const event of ours.build({ context, dockerfile, tags: ["bench:ours"], buildArguments: {} }))
      if (event.kind === "finished") return;
  };
  const contenders: Readonly<Record<string, () => Promise<unknown>>> = {
    "docker build": () => engine.docker("build", "--quiet", "--tag", "bench:docker", context),
    "docker version (its start)": () => engine.docker("version"),
    "engine.build": buildOurs,
  };
  const times = new Map<string, number[]>(Object.keys(contenders).map((name) => [name, []]));
  for (const build of Object.values(contenders)) await build();
  for (let round = 0; round < rounds; round++)
    for (const [name, build] of Object.entries(contenders)) {
      const start = performance.now();
      await build();
      times.get(name)?.push(performance.now() - start);
    }
  const median = (name: string) =>
    (times.get(name) ?? []).toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN;
  console.table(
    Object.keys(contenders).map((name) => ({ what: name, "median ms": Math.round(median(name)) })),
  );
  const ratio = median("engine.build") / median("docker build");
  console.log(`Ours takes ${(100 * ratio).toFixed(0)} % of docker build (allowed: 110 %).`);
  if (ratio > 1.1) process.exitCode = 1;
} finally {
  await engine.stop();
}
