import { ask, type Connection, callForList, callForObject } from "../connection.ts";
import type { ImageConfig, ImageDetails } from "../engine.ts";
import { realTags } from "./images.ts";

/** One entry of `/images/…/json?manifests=true`, from API 1.48 on a containerd image store. */
interface ManifestSummary {
  readonly Kind?: string;
  readonly Available?: boolean;
  readonly Size?: { readonly Content?: number };
  readonly ImageData?: {
    readonly Platform?: { readonly os?: string; readonly architecture?: string; readonly variant?: string };
    readonly Size?: { readonly Unpacked?: number };
  } | null;
}

/** What is read of `/images/…/json`. */
interface Inspected {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly Created?: string;
  readonly Os?: string;
  readonly Architecture?: string;
  readonly Variant?: string;
  readonly Size: number;
  /** Present exactly on a containerd image store. */
  readonly Descriptor?: unknown;
  readonly Manifests?: readonly ManifestSummary[] | null;
  readonly RootFS?: { readonly Layers?: readonly string[] | null };
  readonly Config?: RawConfig | null;
}

interface RawConfig {
  readonly User?: string;
  readonly WorkingDir?: string;
  readonly ExposedPorts?: object | null;
  readonly Volumes?: object | null;
  readonly Entrypoint?: readonly string[] | string | null;
  readonly Cmd?: readonly string[] | string | null;
  readonly Env?: readonly string[] | null;
  readonly Healthcheck?: { readonly Test?: readonly string[] | null } | null;
}

/**
 * What one image is and weighs. On a graph store `Size` is the unpacked layers; on a containerd store it is the compressed
 * content, and the unpacked size stands in the manifest of the platform (measured on 28.5.2).
 */
export async function inspectImage(
  connection: Connection,
  reference: string,
  signal: AbortSignal | undefined,
): Promise<ImageDetails> {
  const [inspected, history] = await ask(connection, `inspecting ${reference}`, signal, () =>
    Promise.all([
      // dockerode's inspect drops its options (5.0.1). An engine that does not know this one ignores it.
      callForObject<Inspected>(
        connection,
        { method: "GET", path: `/images/${reference}/json`, query: { manifests: "true" } },
        signal,
      ),
      callForList<RawRow>(connection, { method: "GET", path: `/images/${reference}/history` }, signal),
    ]),
  );

  const rows = history
    .map((row) => ({
      createdBy: row.CreatedBy ?? "",
      size: row.Size ?? 0,
      comment: row.Comment ?? "",
      created: (row.Created ?? 0) * 1000,
    }))
    .reverse();
  return {
    id: inspected.Id,
    tags: realTags(inspected.RepoTags),
    created: Date.parse(inspected.Created ?? "") || 0,
    platform: platformOf(inspected),
    ...sizes(
      inspected,
      rows.reduce((sum, row) => sum + row.size, 0),
    ),
    history: rows,
    diffIds: inspected.RootFS?.Layers ?? [],
    config: configOf(inspected),
  };
}

interface RawRow {
  readonly CreatedBy?: string;
  readonly Size?: number;
  readonly Comment?: string;
  readonly Created?: number;
}

function platformOf({ Os, Architecture, Variant }: Inspected): string {
  return [Os, Architecture, Variant].filter(Boolean).join("/");
}

function sizes(
  inspected: Inspected,
  sumOfHistory: number,
): Pick<ImageDetails, "unpackedSize" | "compressedSize"> {
  if (!inspected.Descriptor) return { unpackedSize: inspected.Size, compressedSize: undefined };
  const manifest = ownManifest(inspected);
  return {
    // Engines before API 1.48 have the containerd store, but not the manifests; the history counts the same snapshots.
    unpackedSize: manifest?.ImageData?.Size?.Unpacked ?? sumOfHistory,
    compressedSize: manifest?.Size?.Content ?? inspected.Size,
  };
}

/** The manifest of the platform that was inspected; attestations are manifests too, and no part of the image. */
function ownManifest(inspected: Inspected): ManifestSummary | undefined {
  const images = (inspected.Manifests ?? []).filter((it) => it.Kind === "image" && it.Available !== false);
  return (
    images.find(({ ImageData }) => {
      const platform = ImageData?.Platform;
      return (
        platform?.os === inspected.Os &&
        platform?.architecture === inspected.Architecture &&
        (platform?.variant ?? "") === (inspected.Variant ?? "")
      );
    }) ?? images[0]
  );
}

/** Config fields that are absent, null or empty mean the same. */
function configOf({ Config: config }: Inspected): ImageConfig {
  const words = (value: readonly string[] | string | null | undefined) =>
    typeof value === "string" ? [value] : (value ?? undefined);
  return {
    user: config?.User ?? "",
    workdir: config?.WorkingDir ?? "",
    exposedPorts: Object.keys(config?.ExposedPorts ?? {}),
    volumes: Object.keys(config?.Volumes ?? {}),
    entrypoint: words(config?.Entrypoint),
    command: words(config?.Cmd),
    environment: config?.Env ?? [],
    healthcheck: config?.Healthcheck?.Test ?? undefined,
  };
}
