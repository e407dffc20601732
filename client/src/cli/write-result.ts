import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Writes a file, with its folder. @returns why it could not, as a sentence */
export function writeResult(path: string, text: string): string | undefined {
  return trying(path, () => writeFileSync(path, text));
}

/** The same; the summary of a step of GitHub Actions is added to, as others may have written there. */
export function appendOrWrite(path: string, text: string): string | undefined {
  const { GITHUB_STEP_SUMMARY: summary } = process.env;
  return summary !== undefined && resolve(summary) === path
    ? trying(path, () => appendFileSync(path, text))
    : writeResult(path, text);
}

function trying(path: string, write: () => void): string | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true });
    write();
    return undefined;
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return `${path} cannot be written (${why}).`;
  }
}
