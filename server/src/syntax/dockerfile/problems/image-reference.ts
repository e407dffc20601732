import { writtenRegistry } from "../../image-name/registry.ts";

const DOMAIN =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::\d+)?$/;
const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** The grammar of distribution/reference (read 2026-11): registry, path in lower case, tag, digest. */
export function isReference(text: string): boolean {
  let name = text;
  const at = name.indexOf("@");
  if (at >= 0) {
    if (!DIGEST.test(name.slice(at + 1))) return false;
    name = name.slice(0, at);
  }
  const registry = writtenRegistry(name);
  if (registry !== undefined) {
    if (!DOMAIN.test(registry)) return false;
    name = name.slice(registry.length + 1);
  }
  const colon = name.indexOf(":");
  if (colon >= 0) {
    if (!TAG.test(name.slice(colon + 1))) return false;
    name = name.slice(0, colon);
  }
  return !/^[0-9a-f]{64}$/.test(name) && name.split("/").every((it) => PATH.test(it));
}
