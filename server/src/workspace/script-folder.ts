import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder in which files that ship lie beside the running code: the bundle's, or that of this source. The bundle is CommonJS,
 * where `import.meta.url` is nothing and `__dirname` is its folder.
 */
export function scriptFolder(): string {
  return typeof __dirname === "string" ? __dirname : dirname(fileURLToPath(import.meta.url));
}
