import { chmodSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Replaces a file's content in one step: who reads it meanwhile sees the old text or the new one, and a full disk leaves
 * the old one. A link stays a link, permissions stay. @returns why it could not be written, or undefined
 */
export function writeBack(path: string, text: string): string | undefined {
  let unfinished: string | undefined;
  try {
    const real = realpathSync(path);
    const { mode } = statSync(real);
    const beside = join(dirname(real), `.${basename(real)}.${process.pid}.plimsoll`);
    unfinished = beside;
    writeFileSync(beside, text, { flag: "wx" });
    chmodSync(beside, mode);
    renameSync(beside, real);
    return undefined;
  } catch (error) {
    if (unfinished !== undefined) rmSync(unfinished, { force: true });
    return reasonOf(error);
  }
}

/** Writes a new file, with the folders on the way to it; one that has come meanwhile stays. @returns why it could not be written, or undefined */
export function createFile(path: string, text: string): string | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
