import { cpSync, existsSync, globSync, mkdirSync, realpathSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { baseImages, makeBases } from "./base-images.ts";
import { type ImageStore, installEngine, type PrivateEngine, startEngine } from "./engine.ts";
import { output } from "./programs.ts";
import { telling } from "./say.ts";
import { inTurn } from "./turns.ts";

/**
 * Starts a private engine that has the base images. Loading them takes 10 to 20 seconds, so it is done once and each engine gets
 * a copy of what the engine made of it.
 */
export async function startEngineWithBases(store: ImageStore = "graph"): Promise<PrivateEngine> {
  await installEngine();
  await makeBases();
  // The engine unmounts its data at its end only by the real path, and `.tools` may be a link.
  const loaded = path.join(realpathSync(path.dirname(baseImages)), `loaded-${store}`);
  await inTurn(`loaded-${store}`, async () => {
    if (!existsSync(loaded))
      await telling(`Loading the base images (${store} store)`, () => load(store, loaded));
  });
  return startEngine({ store, fill: (data) => copyData(loaded, data) });
}

async function load(store: ImageStore, loaded: string): Promise<void> {
  const data = `${loaded}.partial`;
  rmSync(data, { recursive: true, force: true });
  const engine = await startEngine({ store, data });
  await engine.docker("load", "--quiet", "--input", baseImages);
  await engine.stop();
  // Networks belong to the bridge that this engine had.
  rmSync(path.join(data, "network"), { recursive: true, force: true });
  renameSync(data, loaded);
}

/**
 * Layers and blobs are written once and never changed, so links to them do; databases are copied.
 */
async function copyData(from: string, to: string): Promise<void> {
  mkdirSync(path.dirname(to), { recursive: true });
  await output("cp", ["-al", from, to]);
  for (const name of globSync("**/*.db", { cwd: from, exclude: (it) => fixed.has(path.basename(it)) })) {
    rmSync(path.join(to, name));
    cpSync(path.join(from, name), path.join(to, name));
  }
}

/** Folders of layers and blobs: overlay2 of the graph store, the others of containerd's. */
const fixed = new Set(["overlay2", "snapshots", "blobs"]);
