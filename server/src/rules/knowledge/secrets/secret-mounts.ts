import { baseName } from "../../../model/stage/paths.ts";
import type { RunMount } from "../../../syntax/dockerfile/run-mounts.ts";

/**
 * The id by which a mount of a secret asks for it: `source` counts before `id`, and the last part of the target where neither is written
 * (moby/buildkit, frontend/dockerfile/dockerfile2llb/convert_secrets.go, read 2026-11-27).
 */
export function secretId({ source, id, target }: RunMount): string | undefined {
  return source?.value ?? id?.value ?? (target?.value && baseName(target.value));
}

/**
 * Where a secret is mounted, empty where it is in no file; undefined where that is not written out. `/run/secrets/` with the last
 * part of the id where no target is written (convert_secrets.go as well).
 */
export function secretPath(mount: RunMount): string | undefined {
  const target = mount.target?.value;
  const id = secretId(mount);
  // As a variable it is in no file; relative targets count from the working directory.
  if (target === undefined && mount.flag.fields.some((it) => it.name === "env")) return "";
  const path = target ?? (id === undefined ? undefined : `/run/secrets/${baseName(id)}`);
  return path === undefined || path.includes("$") || !path.startsWith("/") ? undefined : path;
}
