import type { ImageReference } from "../stage/stage.ts";

/** An image that its registry has no more, so that pulling it fails wherever it is not there already. */
export interface Withdrawn {
  /** What is gone: `minio/minio`, `bitnami/redis with a version`. */
  readonly what: string;
  /** The month. */
  readonly since: string;
  /** The name under which its last releases can be had. */
  readonly name: string;
}

/** Repositories that are gone as a whole: minio/minio#21647, and what projects that pulled them met in 2026-09 (read 2026-11-27). */
const REPOSITORIES: Readonly<Record<string, Omit<Withdrawn, "what">>> = {
  "minio/minio": { since: "2026-09", name: "quay.io/minio/minio" },
  "minio/mc": { since: "2026-09", name: "quay.io/minio/mc" },
};

/**
 * Bitnami moved all tags of versions to another account, and left `latest` alone (bitnami/containers#83267, announced 2025-07-16 and
 * done on 2025-09-29; read 2026-11-27).
 */
const BITNAMI = /^bitnami\/([\w.-]+)$/;

/** What stayed with all its tags: bitnami/minideb#196 (2025-07-18) and #209 (2025-11-16). */
const STAYED = /^(?:minideb|sealed-secrets.*)$/;

/** Undefined for all images but those of which it is known. */
export function withdrawnImage({ name, tag, digest }: ImageReference): Withdrawn | undefined {
  const found = Object.hasOwn(REPOSITORIES, name) ? REPOSITORIES[name] : undefined;
  if (found) return { what: name, ...found };
  const product = BITNAMI.exec(name)?.[1];
  if (
    product === undefined ||
    STAYED.test(product) ||
    tag === undefined ||
    tag === "latest" ||
    digest !== undefined
  )
    return undefined;
  return { what: `${name}:${tag}`, since: "2025-09", name: `bitnamilegacy/${product}` };
}
