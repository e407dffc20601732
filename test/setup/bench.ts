/** `npm run bench [NAME]`: runs the benchmarks of `test/bench` one after the other; NAME keeps those whose name contains it. */

import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { command, Expected } from "./ending.ts";
import { root } from "./places.ts";
import { show } from "./programs.ts";

const folder = path.join(root, "test/bench");

await command(async () => {
  const [name = ""] = process.argv.slice(2);
  const benches = globSync("*.ts", { cwd: folder })
    .filter((it) => it.includes(name) && isBench(it))
    .sort();
  if (benches.length === 0) throw new Expected(`There is no benchmark "${name}" in test/bench.`);
  let failed = 0;
  for (const bench of benches) {
    console.log(`\n── ${path.basename(bench, ".ts")}`);
    failed += (await show(process.execPath, [path.join(folder, bench)], { cwd: root })) === 0 ? 0 : 1;
  }
  return failed > 0 ? 1 : 0;
});

/** What exports something is there for the others; a benchmark only runs. */
function isBench(file: string): boolean {
  return !/^export /m.test(readFileSync(path.join(folder, file), "utf8"));
}
