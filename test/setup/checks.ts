import path from "node:path";
import { root } from "./places.ts";
import { show } from "./programs.ts";

/** What is checked without running: each with its program below node_modules and its arguments. */
const checks = [
  { name: "types (tsc)", program: "typescript/bin/tsc", args: ["-p", "."] },
  {
    name: "lint and format (biome)",
    program: "@biomejs/biome/bin/biome",
    args: ["check", "--error-on-warnings", "--diagnostic-level=warn"],
  },
  {
    name: "dead code (knip)",
    program: "knip/bin/knip.js",
    args: ["--config", "test/setup/knip.json", "--no-config-hints"],
  },
];

/** Runs all checks and answers the names of those that failed; what they find they print. */
export async function runChecks(): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { name, program, args } of checks) {
    const status = await show(process.execPath, [path.join(root, "node_modules", program), ...args], {
      cwd: root,
    });
    if (status !== 0) failed.push(name);
  }
  return failed;
}
