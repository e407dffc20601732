import { globSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { imageMemory } from "../../../client/src/engine/images/image-memory.ts";
import { reading } from "../../support/images/readings.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const id = (number: number) => `sha256:${String(number).padStart(64, "0")}`;

test("remembers by id and by name, over restarts", async () => {
  const folder = path.join(temporaryFolder(), "not", "there yet");
  const memory = imageMemory(folder);
  expect(await memory.byId(id(1))).toBeUndefined();
  expect(await memory.byReference("alpine")).toBeUndefined();
  const one = reading({ id: id(1) });
  await memory.remember("alpine", one);
  await memory.remember("alpine:latest", one);
  const later = imageMemory(folder);
  expect(await later.byId(id(1))).toEqual(one);
  expect(await later.byReference("alpine:latest")).toEqual(one);
  expect(readdirSync(folder).length).toBe(2);

  await later.remember("alpine", reading({ id: id(2) }));
  expect((await memory.byReference("alpine"))?.id).toBe(id(2));
  expect((await memory.byReference("alpine:latest"))?.id).toBe(id(1));
  await later.forget("alpine");
  expect(await memory.byReference("alpine")).toBeUndefined();
  expect((await memory.byId(id(2)))?.id).toBe(id(2));
});

test("a file that was damaged counts as none, and is written anew", async () => {
  const folder = temporaryFolder();
  const memory = imageMemory(folder);
  await memory.remember("alpine", reading({ id: id(1) }));
  for (const file of globSync("*.json", { cwd: folder })) {
    const text = readFileSync(path.join(folder, file), "utf8");
    for (const damaged of [
      "",
      text.slice(0, -20),
      text.replace("linux", "linus"),
      "[1]",
      "null",
      `${text}${text}`,
    ]) {
      writeFileSync(path.join(folder, file), damaged);
      if (file !== "references.json") expect(await memory.byId(id(1)), damaged.slice(0, 40)).toBeUndefined();
      await memory.remember("alpine", reading({ id: id(1) }));
      expect(await memory.byReference("alpine")).toEqual(reading({ id: id(1) }));
    }
  }
});

test("another form, and a file under another name, are not believed", async () => {
  const folder = temporaryFolder();
  const memory = imageMemory(folder);
  await memory.remember("a", { ...reading({ id: id(1) }), form: 2 as never });
  expect(await memory.byId(id(1))).toBeUndefined();
  await memory.remember("b", reading({ id: id(3) }));
  const file = path.join(folder, `sha256-${id(3).slice(7)}.json`);
  writeFileSync(path.join(folder, `sha256-${id(4).slice(7)}.json`), readFileSync(file));
  expect(await memory.byId(id(4))).toBeUndefined();
});

test("keeps the 200 used last", async () => {
  const folder = temporaryFolder();
  const memory = imageMemory(folder);
  for (let number = 1; number <= 200; number++) {
    await memory.remember(`image:${number}`, reading({ id: id(number) }));
    const file = path.join(folder, `sha256-${id(number).slice(7)}.json`);
    utimesSync(file, number, number);
  }
  await memory.byId(id(1));
  await memory.remember("image:201", reading({ id: id(201) }));
  expect(readdirSync(folder).length).toBe(201);
  expect(await memory.byId(id(1))).toBeDefined();
  expect(await memory.byId(id(2))).toBeUndefined();
});

test("a folder that cannot be written costs the memory only", async () => {
  const folder = temporaryFolder({ taken: "a file" });
  const memory = imageMemory(path.join(folder, "taken"));
  await memory.remember("alpine", reading());
  await memory.forget("alpine");
  expect(await memory.byReference("alpine")).toBeUndefined();
});

test("many at once lose nothing", async () => {
  const memory = imageMemory(temporaryFolder());
  const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
  await Promise.all(numbers.map((it) => memory.remember(`image:${it}`, reading({ id: id(it) }))));
  const found = await Promise.all(numbers.map((it) => memory.byReference(`image:${it}`)));
  expect(found.map((it) => it?.id)).toEqual(numbers.map(id));
});
