/** `npm run package`: one VSIX for all platforms. */

import { buildShipped } from "./bundles.ts";
import { command } from "./ending.ts";
import { fromRoot } from "./places.ts";
import { kilobytes } from "./say.ts";
import { packVsix } from "./vsix.ts";

await command(async () => {
  await buildShipped();
  const { file, bytes, listing } = await packVsix();
  console.log(listing.trim());
  console.log(`${fromRoot(file)}: ${kilobytes(bytes)}`);
  return 0;
});
