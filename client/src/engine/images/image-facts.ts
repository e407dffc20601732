import type { ImageReading } from "../../../../server/src/model/image/image-reading.ts";
import { accounts, osReleases } from "../../sizes/layers/kept-texts.ts";
import type { Layer } from "../../sizes/layers/layer.ts";
import { ask, type Connection, call } from "../connection.ts";
import { engineHost } from "../containers/published-ports.ts";
import { withSilentContainer } from "../containers/silent-container.ts";
import { throwIfAborted } from "../failures.ts";
import { configOf, type InspectedConfig } from "./image-config.ts";
import { readContents } from "./image-contents.ts";
import { ImageFiles, type ReadLimits } from "./image-files.ts";
import { inspectImage } from "./inspect.ts";
import { StackedFiles } from "./stacked-files.ts";

const MB = 1024 * 1024;

/**
 * How the files of an image are read. The API lists no directory, so the choice was between (28.5.2, graph store, 2 idle cores, a golang
 * image of 504 MB):
 * - single paths by `HEAD …/archive`: 5 to 10 ms each, so that 40 of them are worth asking;
 * - the archive of a directory: 160 MB/s, 0.4 s for the 63 MB of /usr/bin;
 * - the archive of everything 11.6 s, the export 8.4 s, and saving the image spools it to disk before the first byte;
 * - a mount of the image in a helper container: 0.2 s, but another image with a shell, engine 28, and a container that runs;
 * - BuildKit, which can list directories, but pulls an image that is no longer there, and Podman has none.
 *
 * So: small images as a whole, which makes every answer certain (Alpine 0.2 s); of others the directories of programs and single
 * paths (golang 1.3 s). The containerd store takes twice as long.
 */
const near: ImageLimits = { whole: 64 * MB, bytes: 512 * MB, entries: 60_000, milliseconds: 30_000 };

/** An engine across a network is asked for less. */
const far: ImageLimits = { ...near, whole: 8 * MB, bytes: 64 * MB };

export interface ImageLimits extends ReadLimits {
  /** Images of so many bytes, unpacked, are read as a whole. */
  readonly whole: number;
}

/**
 * Reads what an image is and holds: its configuration, and of its files what decides whether a Dockerfile on top of it works.
 * `layers`: all of its layers, where they were read before; then no container is made, and everything in it is known. Nothing of
 * the image is started; the container that its files are read through is gone afterwards, whatever happens. `reference` is a tag,
 * a digest or an id. Throws EngineError: `not-found` when the engine does not have it, or no longer.
 */
export async function readImage(
  connection: Connection,
  reference: string,
  signal: AbortSignal | undefined,
  layers?: readonly Layer[],
  limits: ImageLimits = engineHost(connection.address) === undefined ? near : far,
): Promise<ImageReading> {
  const image = await inspectImage(connection, reference, signal);
  const doing = `reading ${reference}`;
  const inspected = (await ask(connection, doing, signal, () =>
    call(connection, { method: "GET", path: `/images/${image.id}/json` }, signal),
  )) as InspectedConfig;
  const config = configOf(inspected);
  const [os = "", architecture = ""] = image.platform.split("/");
  const isWhole = layers !== undefined || image.unpackedSize <= limits.whole;
  const subject = { architecture, config, isWhole };
  const kept = [...osReleases, ...Object.values(accounts)];
  const contents =
    os !== "linux"
      ? null
      : layers
        ? await readContents(new StackedFiles(layers), subject)
        : await withSilentContainer(connection, image.id, config.volumes, signal, (container) =>
            ask(connection, doing, signal, () =>
              readContents(new ImageFiles(connection, container, limits, kept, signal), subject),
            ),
          );
  throwIfAborted(signal);
  return {
    form: 1,
    id: image.id,
    platform: image.platform,
    readAt: new Date().toISOString(),
    unpackedSize: image.unpackedSize,
    compressedSize: image.compressedSize ?? null,
    config,
    contents,
  };
}
