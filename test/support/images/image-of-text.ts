import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Engine } from "../../../client/src/engine/engine.ts";
import { allEvents, buildOf } from "../engine/build-events.ts";

/** Builds a Dockerfile's text, with these files beside it, in a hook or a test; without a tag it is dangling. @returns the image's id */
export async function imageOfText(
  engine: Engine,
  tag: string | undefined,
  dockerfile: string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "plimsoll-test-"));
  try {
    for (const [name, content] of Object.entries({ ...files, Dockerfile: `${dockerfile}\n` }))
      writeFileSync(path.join(folder, name), content);
    const events = await allEvents(engine.build(buildOf(folder, { tags: tag === undefined ? [] : [tag] })));
    const last = events.at(-1);
    if (last?.kind !== "finished") throw new Error("A build ends with its image.");
    return last.imageId;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
