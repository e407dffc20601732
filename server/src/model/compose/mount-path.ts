import type { Mount } from "./project.ts";

/** The path in the container that something is mounted at, without `/` at its end: empty for the root. */
export function mountPath({ target }: Pick<Mount, "target">): string {
  return target.value.replace(/\/+$/, "");
}
