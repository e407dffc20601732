import { expect } from "vitest";
import { smokeCheck } from "../../../client/src/engine/containers/smoke-check.ts";
import type { Engine } from "../../../client/src/engine/engine.ts";
import { Disk } from "../../../server/src/workspace/disk.ts";
import { shellReader } from "../../../server/src/workspace/wasm.ts";
import { folderTree } from "../folder-tree.ts";
import { variantNamed, variantsIn } from "../variants.ts";
import { allEvents, buildOf } from "./build-events.ts";

/** Builds variants of a project's Dockerfile, each under the tag of its name, and starts them: how that went, in their order. */
export async function startedVariants(
  engine: Engine,
  project: { readonly Dockerfile: string } & Readonly<Record<string, string>>,
  tags: Readonly<Record<string, string>>,
): Promise<readonly Awaited<ReturnType<typeof smokeCheck>>[]> {
  const folder = folderTree(project);
  const found = variantsIn(project.Dockerfile, {
    shell: await shellReader(),
    context: new Disk().contextAt(folder),
  });
  const reports: Awaited<ReturnType<typeof smokeCheck>>[] = [];
  for (const [name, tag] of Object.entries(tags)) {
    const { text } = variantNamed(name, found);
    const events = await allEvents(engine.build(buildOf(folder, { tags: [tag], dockerfileText: text })));
    expect(events.at(-1)).toMatchObject({ kind: "finished" });
    reports.push(await smokeCheck(engine, tag));
  }
  return reports;
}
