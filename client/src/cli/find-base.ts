import type { Engine, ImageDetails } from "../engine/engine.ts";
import { failureIn } from "../engine/failures.ts";
import { rowsFromBase } from "../sizes/lines/base-boundary.ts";

/** So many images are looked at, the newest first: with more an engine takes seconds. */
const mostImages = 200;
/** Asked for at a time. */
const together = 8;

/**
 * The image of the engine that most of an image's history came from: what it is built on. Undefined when there is none here.
 */
export async function findBase(
  engine: Engine,
  image: ImageDetails,
  signal: AbortSignal,
): Promise<{ readonly rows: number; readonly name: string } | undefined> {
  const others = (await engine.images(signal))
    .filter((it) => it.id !== image.id && it.tags.length > 0)
    .slice(0, mostImages);
  let best: { readonly rows: number; readonly name: string } | undefined;
  for (let at = 0; at < others.length; at += together) {
    const details = await Promise.all(
      others.slice(at, at + together).map((it) => inspect(engine, it.id, signal)),
    );
    for (const base of details) {
      const rows = base && rowsFromBase(image, base);
      const [name] = base?.tags ?? [];
      if (rows !== undefined && name !== undefined && rows > (best?.rows ?? 0)) best = { rows, name };
    }
  }
  return best;
}

/** Undefined for one that was removed meanwhile. */
async function inspect(engine: Engine, id: string, signal: AbortSignal): Promise<ImageDetails | undefined> {
  try {
    return await engine.inspectImage(id, signal);
  } catch (error) {
    if (failureIn(error)?.kind === "cancelled") throw error;
    return undefined;
  }
}
