/** An image as a registry tells of it, without pulling anything. Bytes as transferred. */
export interface RegistryImage {
  /** Host, repository and tag or digest, nothing left out: `docker.io/library/alpine:3.24`. */
  readonly name: string;
  /** Of the image for `platform`, `sha256:…`. */
  readonly digest: string;
  /** `linux/amd64`; undefined where the registry has one image only and does not say for what. */
  readonly platform: string | undefined;
  /** All layers; a pull transfers those that the engine does not have. */
  readonly transfer: number;
  /** Oldest first. */
  readonly layers: readonly RegistryLayer[];
}

export interface RegistryLayer {
  readonly digest: string;
  readonly bytes: number;
}

/** Registries of images, asked as the user of `docker login`. Everything throws EngineError. */
export interface EngineRegistries {
  /** What an image weighs there, for the engine's platform. `reference` as one would pull it: `alpine`, `ghcr.io/team/app:1.0`. */
  image(reference: string, signal?: AbortSignal): Promise<RegistryImage>;
}
