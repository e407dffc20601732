/** `npm run check`: types, lint, format and dead code. */

import { runChecks } from "./checks.ts";
import { command, Expected } from "./ending.ts";

await command(async () => {
  const failed = await runChecks();
  if (failed.length > 0) throw new Expected(`Not in order: ${failed.join(", ")}.`);
  console.log("All checks pass.");
  return 0;
});
