import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { npm } from "./npm.ts";
import { tools } from "./places.ts";
import { telling } from "./say.ts";
import { inTurn } from "./turns.ts";

/** The first that `engines` in package.json promises; VS Code 1.91 runs extensions on 20.9. npm has none before 20.10 for Windows. */
const VERSION = process.platform === "win32" ? "20.10.0" : "20.0.0";

const folder = path.join(tools, `node-${VERSION}`);

/** The npm package that carries the program; undefined where npm has none of this version for this machine. */
const carrier = ["linux-x64", "linux-arm64", "darwin-x64", "win32-x64"].includes(
  `${process.platform}-${process.arch}`,
)
  ? `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`
  : undefined;

/** Why there is no such Node for this machine; undefined when there is. */
export function withoutOldestNode(): string | undefined {
  return carrier ? undefined : `npm has no Node ${VERSION} for ${process.platform}-${process.arch}`;
}

/** Fetches the oldest Node that Plimsoll runs on into `.tools`, once. @returns the path of the program */
export async function installOldestNode(): Promise<string> {
  if (!carrier) throw new Error(withoutOldestNode());
  const name = process.platform === "win32" ? "node.exe" : "node";
  const program = path.join(folder, "node_modules", carrier, "bin", name);
  await inTurn(path.basename(folder), async () => {
    if (existsSync(program)) return;
    mkdirSync(folder, { recursive: true });
    await telling(`Fetching Node ${VERSION} into .tools`, () =>
      npm(folder, "install", "--prefix", folder, "--no-save", "--ignore-scripts", `${carrier}@${VERSION}`),
    );
  });
  return program;
}
