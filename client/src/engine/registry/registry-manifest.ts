import { EngineError } from "../engine.ts";
import { otherFailure } from "../failures.ts";
import type { RegistryLayer } from "./registry-types.ts";

/** Media types of the OCI image specification 1.1 and of Docker's distribution, both in use (read 2026-11). */
export const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

export interface RegistryPlatform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

interface Descriptor {
  readonly digest: string;
  readonly size: number;
  readonly platform?: RegistryPlatform;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An image's layers, or which image it is for which platform. */
export type ReadManifest =
  | { readonly kind: "image"; readonly layers: readonly RegistryLayer[] }
  | { readonly kind: "index"; readonly images: readonly Descriptor[] };

/** What a manifest of `name` says. Attestations stand in an index beside the images, and are none. Throws EngineError. */
export function readManifest(text: string, name: string): ReadManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw otherFailure(`What the registry answers about ${name} is no manifest of an image.`);
  }
  const { manifests, layers, schemaVersion } = (value ?? {}) as {
    readonly manifests?: unknown;
    readonly layers?: unknown;
    readonly schemaVersion?: unknown;
  };
  if (Array.isArray(manifests)) {
    const images = manifests.filter(isDescriptor).filter((it) => !isAttestation(it));
    return { kind: "index", images };
  }
  if (Array.isArray(layers) && layers.every(isDescriptor))
    return { kind: "image", layers: layers.map(({ digest, size }) => ({ digest, bytes: size })) };
  if (schemaVersion === 1)
    throw otherFailure(`${name} is kept in a form of before 2016, which tells no sizes. Push it anew.`);
  throw otherFailure(`What the registry answers about ${name} is no manifest of an image.`);
}

/** The image of an index that an engine of this platform would pull. Throws EngineError when there is none. */
export function imageFor(wanted: RegistryPlatform, images: readonly Descriptor[], name: string): Descriptor {
  const fitting = images.filter(
    ({ platform }) => platform?.os === wanted.os && platform.architecture === wanted.architecture,
  );
  const found =
    fitting.find((it) => (it.platform?.variant ?? "") === (wanted.variant ?? "")) ??
    // The variant of arm64 is always v8, and often left out.
    fitting.toSorted((a, b) => (b.platform?.variant ?? "").localeCompare(a.platform?.variant ?? ""))[0];
  if (found !== undefined) return found;
  const has = images.flatMap(({ platform }) => (platform ? [platformName(platform)] : [])).join(", ");
  throw new EngineError(
    { kind: "not-found", what: name },
    `${name} is not there for ${platformName(wanted)}${has === "" ? "." : `, only for ${has}.`}`,
  );
}

/** `linux/arm64/v8`, as `--platform` takes it. */
export function platformName({ os, architecture, variant }: RegistryPlatform): string {
  return [os, architecture, variant].filter(Boolean).join("/");
}

function isDescriptor(value: unknown): value is Descriptor {
  const { digest, size } = (value ?? {}) as { readonly digest?: unknown; readonly size?: unknown };
  return typeof digest === "string" && typeof size === "number" && size >= 0;
}

/** BuildKit marks them so, and gives them a platform that no engine has. */
function isAttestation({ annotations, platform }: Descriptor): boolean {
  return annotations?.["vnd.docker.reference.type"] !== undefined || platform?.os === "unknown";
}
