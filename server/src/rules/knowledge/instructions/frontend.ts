import type { Dockerfile } from "../../../syntax/dockerfile/tree.ts";

/**
 * Does the file's frontend certainly read what Dockerfile syntax 1.`minor` brought? Without a `# syntax` line the
 * builder's own one reads it. `docker/dockerfile:1` follows the newest (Dockerfile reference, parser directives).
 */
export function readsSyntax(file: Dockerfile, minor: number): boolean {
  const syntax = file.directives.find((it) => it.name === "syntax")?.value.trim();
  if (syntax === undefined) return true;
  const [matches, tag = "latest"] =
    /^(?:docker\.io\/)?docker\/dockerfile(?:-upstream)?(?::([\w.-]+))?$/.exec(syntax) ?? [];
  if (matches === undefined) return false;
  const version = /^1\.(\d+)/.exec(tag)?.[1];
  return version === undefined ? /^(1|latest|labs|master)(-labs)?$/.test(tag) : Number(version) >= minor;
}
