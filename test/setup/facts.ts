/**
 * `npm run facts -- IMAGE…`: reads images that the engine of `DOCKER_HOST` or of the machine has, and writes what they hold
 * into the table of facts that ships with the server. Images that the engine does not have are not pulled.
 */

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { connect } from "../../client/src/engine/connect.ts";
import { EngineError } from "../../client/src/engine/engine.ts";
import { command, Expected } from "./ending.ts";
import { fromRoot, root } from "./places.ts";
import { type ShippedTable, tableText, withReading } from "./shipped-table.ts";

const file = path.join(root, "server/src/model/image/shipped-facts.json");

await command(async () => {
  const images = process.argv.slice(2);
  if (images.length === 0)
    throw new Expected("Name the images to read: npm run facts -- alpine:3.24 golang:1.27");
  let table = JSON.parse(readFileSync(file, "utf8")) as ShippedTable;
  try {
    const engine = await connect();
    for (const image of images) {
      table = withReading(table, image, await engine.readImage(image));
      console.log(`${image}: read`);
    }
  } catch (error) {
    throw error instanceof EngineError ? new Expected(error.message) : error;
  }
  writeFileSync(file, tableText(table));
  console.log(`Written: ${fromRoot(file)}. Look at the difference before it is committed.`);
  return 0;
});
