import { fileURLToPath, pathToFileURL } from "node:url";

/** Path of a `file:` URI; undefined for any other, and for one that names no path here. */
export function pathOfUri(uri: string): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

export function uriOfPath(path: string): string {
  return pathToFileURL(path).href;
}
