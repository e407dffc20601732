/** `npm run build`: everything that ships, and the editor tests, into `dist/`. */

import { buildEditorTests, buildShipped } from "./bundles.ts";
import { command } from "./ending.ts";
import { fromRoot } from "./places.ts";
import { kilobytes, seconds } from "./say.ts";

await command(async () => {
  const start = performance.now();
  const bundles = await buildShipped();
  await buildEditorTests();
  for (const { file, bytes } of bundles) console.log(`${kilobytes(bytes).padStart(9)}  ${fromRoot(file)}`);
  console.log(`Built in ${seconds(performance.now() - start)}.`);
  return 0;
});
