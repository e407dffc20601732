import { join } from "node:path";
import { type ExtensionContext, type LogOutputChannel, workspace } from "vscode";
import { type ImageKnowledge, imageKnowledge } from "./engine/images/image-knowledge.ts";
import { imageMemory } from "./engine/images/image-memory.ts";
import { type EngineAccess, failureOf } from "./engine-access.ts";
import { readsImages } from "./settings.ts";

/** What the language server is told of images: read from the engine when the user lets it, remembered with the extension. */
export function createImageFacts(
  context: ExtensionContext,
  engine: EngineAccess,
  log: LogOutputChannel,
): ImageKnowledge {
  return imageKnowledge({
    memory: imageMemory(join(context.globalStorageUri.fsPath, "images")),
    mayAsk: () => workspace.isTrusted && readsImages(),
    connect: () => engine.connect(),
    failureOf,
    note: (message) => log.debug(message),
  });
}
