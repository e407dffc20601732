import { commands } from "vscode";
import { pickDockerfile } from "../../editor/pick-dockerfile.ts";
import type { Engine } from "../../engine/engine.ts";
import { currentImage } from "../builds/current-image.ts";
import type { Command, Services } from "../command.ts";
import { cancelled, withEngine } from "../with-engine.ts";
import type { CompareResult } from "./compare-image-sizes.ts";
import type { OtherImage } from "./image-at-revision.ts";
import { imageInRegistry, type RegistryTold } from "./image-in-registry.ts";

export interface RegistryAnswers {
  /** Absolute path; its last image is what is compared. */
  readonly dockerfile?: string;
  /** A stage's name; the final stage when absent. */
  readonly target?: string;
  /** Instead of a Dockerfile: a tag or an id. */
  readonly image?: string;
  /** As one would pull it: `ghcr.io/team/app:1.0`; asked for when absent. */
  readonly reference?: string;
  /** Whether it is pulled; asked when absent. */
  readonly pull?: boolean;
}

export type RegistryResult = CompareResult | RegistryTold;

/** Weighs an image against one in a registry: by what the registry tells, and pulled, instruction by instruction. */
export const compareWithRegistry: Command<RegistryAnswers, RegistryResult> = {
  id: "plimsoll.compareWithRegistry",
  run: (services, answers) =>
    withEngine<RegistryResult>(services, compareWithRegistry.id, answers, async (engine) => {
      const own = await ownImage(services, engine, answers);
      if (own === undefined) return cancelled;
      const other = await imageInRegistry(services, engine, answers, own);
      if ("outcome" in other) return other;
      return commands.executeCommand<CompareResult>("plimsoll.compareImageSizes", {
        images: [other.imageId, own.imageId],
        labels: [other.label, own.label],
      });
    }),
};

async function ownImage(
  services: Services,
  engine: Engine,
  { dockerfile, target, image }: RegistryAnswers,
): Promise<OtherImage | undefined> {
  if (image !== undefined) return { imageId: (await engine.inspectImage(image)).id, label: image };
  const file = await pickDockerfile(dockerfile);
  const built = file && (await currentImage(services, engine, file.fsPath, target));
  return built && { imageId: built.imageId, label: built.tag };
}
