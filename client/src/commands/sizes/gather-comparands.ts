import path from "node:path";
import { commands, l10n, Uri, window } from "vscode";
import { imageMeasure } from "../../editor/images/pick-images.ts";
import { type Comparand, pickComparands } from "../../editor/sizes/pick-comparands.ts";
import type { Engine } from "../../engine/engine.ts";
import { comparands } from "../../sizes/comparison/comparands.ts";
import type { BuildResult } from "../builds/carry-out-build.ts";
import type { Services } from "../command.ts";
import { imageAtRevision, type OtherImage } from "./image-at-revision.ts";
import { imageInRegistry } from "./image-in-registry.ts";

export interface ImagesToCompare {
  readonly images: readonly string[];
  readonly labels: readonly string[];
}

/**
 * Lets the user pick what to compare: builds and stages of a Dockerfile, another revision of it, images of the engine or a registry.
 * What has to be built or pulled first is. `dockerfile` is an absolute path; `preselected` are tags and ids that are ticked at first.
 * Undefined when the user leaves, or what was chosen cannot be had, which has been told. Throws EngineError.
 */
export async function gatherComparands(
  services: Services,
  engine: Engine,
  dockerfile: string | undefined,
  preselected: readonly string[],
): Promise<ImagesToCompare | undefined> {
  const file = dockerfile === undefined ? undefined : Uri.file(dockerfile);
  const [images, { imageStore }, records, stages] = await Promise.all([
    engine.images(),
    engine.info(),
    file === undefined ? new Map() : services.sizeRecords.of(file),
    file === undefined ? undefined : services.language.stages(file),
  ]);
  const from = {
    ...comparands(images, records, stages?.stages ?? []),
    dockerfile: dockerfile === undefined ? undefined : path.basename(dockerfile),
    preselected,
    measure: imageMeasure(imageStore),
  };
  for (;;) {
    const picked = await pickComparands(from);
    if (picked === undefined) return undefined;
    if (picked.length > 1) return gather(services, engine, dockerfile, picked);
    void window.showInformationMessage(l10n.t("A comparison needs two images or more."));
  }
}

async function gather(
  services: Services,
  engine: Engine,
  dockerfile: string | undefined,
  picked: readonly Comparand[],
): Promise<ImagesToCompare | undefined> {
  const found: OtherImage[] = [];
  // One after another: each may ask something.
  for (const it of inOrder(picked)) {
    const image = await imageOf(services, engine, dockerfile, it);
    if (image === undefined) return undefined;
    found.push(image);
  }
  return { images: found.map((it) => it.imageId), labels: found.map((it) => it.label) };
}

/** What the others are measured against first: what was released or committed, then images by their age, then what is built now. */
function inOrder(picked: readonly Comparand[]): readonly Comparand[] {
  const rank = { registry: 0, revision: 1, image: 2, stage: 3 } as const;
  const age = (it: Comparand) => (it.kind === "image" ? it.created : 0);
  return picked.toSorted((a, b) => rank[a.kind] - rank[b.kind] || age(a) - age(b));
}

async function imageOf(
  services: Services,
  engine: Engine,
  dockerfile: string | undefined,
  comparand: Comparand,
): Promise<OtherImage | undefined> {
  switch (comparand.kind) {
    case "image":
      return { imageId: comparand.image, label: comparand.label };
    case "registry": {
      const found = await imageInRegistry(services, engine, {}, undefined);
      return "outcome" in found ? undefined : found;
    }
    case "revision": {
      if (dockerfile === undefined) return undefined;
      const found = await imageAtRevision(services, engine, dockerfile, undefined, undefined);
      return "outcome" in found ? undefined : found;
    }
    case "stage": {
      const { target } = comparand;
      const built = await commands.executeCommand<BuildResult>("plimsoll.buildImage", {
        ...(dockerfile !== undefined && { dockerfile }),
        ...(target !== undefined && { target }),
      });
      return built.outcome === "built" ? { imageId: built.imageId, label: built.tag } : undefined;
    }
  }
}
