import type { Flag } from "../../../syntax/dockerfile/tree.ts";

/** Is this flag of a RUN `--mount=type=secret`? */
export function isSecretMount({ name, fields }: Flag): boolean {
  return name === "mount" && fields.find((it) => it.name === "type")?.value === "secret";
}

/**
 * Where a secret is mounted, empty where it is in no file; undefined where that is not written out. `/run/secrets/<id>` where no target is
 * written (Dockerfile reference).
 */
export function secretPath({ fields }: Flag): string | undefined {
  const value = (...names: string[]) => fields.find((it) => names.includes(it.name))?.value;
  const target = value("target", "dst", "destination");
  const id = value("id", "source", "src") ?? target?.replace(/^.*\//, "");
  // As a variable it is in no file; relative targets count from the working directory.
  if (value("env") !== undefined && target === undefined) return "";
  const path = target ?? (id === undefined ? undefined : `/run/secrets/${id}`);
  return path === undefined || path.includes("$") || !path.startsWith("/") ? undefined : path;
}
