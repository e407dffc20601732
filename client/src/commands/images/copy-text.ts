import { env } from "vscode";
import type { Command } from "../command.ts";
import { pickContainers } from "../containers/pick-containers.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";

export interface CopyAnswers {
  readonly image?: string;
  readonly images?: readonly string[];
  readonly id?: string;
  readonly ids?: readonly string[];
}

export type CopyResult = { readonly outcome: "copied"; readonly text: string } | NotDone;

/** Copies the names of images, as `docker run` takes them, or of containers. */
export const copyName: Command<CopyAnswers, CopyResult> = {
  id: "plimsoll.copyName",
  run: (services, answers) =>
    withEngine<CopyResult>(services, copyName.id, answers, async (engine) => {
      const images = imagesOf(answers);
      if (images !== undefined) return copy(images);
      const containers = await pickContainers(engine, answers);
      return containers === undefined ? cancelled : copy(containers.map((it) => it.name));
    }),
};

/** Copies the whole ids. */
export const copyId: Command<CopyAnswers, CopyResult> = {
  id: "plimsoll.copyId",
  run: (services, answers) =>
    withEngine<CopyResult>(services, copyId.id, answers, async (engine) => {
      const images = imagesOf(answers);
      if (images !== undefined)
        return copy(await Promise.all(images.map(async (it) => (await engine.inspectImage(it)).id)));
      const containers = await pickContainers(engine, answers);
      return containers === undefined ? cancelled : copy(containers.map((it) => it.id));
    }),
};

function imagesOf({ image, images }: CopyAnswers): readonly string[] | undefined {
  return images ?? (image === undefined ? undefined : [image]);
}

async function copy(lines: readonly string[]): Promise<CopyResult> {
  const text = lines.join("\n");
  await env.clipboard.writeText(text);
  return { outcome: "copied", text };
}
