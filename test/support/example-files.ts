import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The files of a folder of `examples/`, path → text. */
export function exampleFiles(name: string): Readonly<Record<string, string>> {
  const folder = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    paths
      .filter((it) => statSync(join(folder, it)).isFile())
      .map((it) => [it.replaceAll("\\", "/"), readFileSync(join(folder, it), "utf8")]),
  );
}
