import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type ShippedTable, tableText, withReading } from "../../setup/shipped-table.ts";
import { reading } from "../../support/images/readings.ts";

const text = readFileSync(
  new URL("../../../server/src/model/image/shipped-facts.json", import.meta.url),
  "utf8",
);
const table = JSON.parse(text) as ShippedTable;
const rowOf = (it: ShippedTable, image: string, tag: string) =>
  it.rows.find((row) => row.image === image && row.tag === tag);

describe("the shipped table", () => {
  test("is written as it is", () => {
    expect(tableText(table)).toBe(text);
  });

  test("takes the row of an image that was read, in its place and with its fields in order", () => {
    const after = withReading(table, "docker.io/library/alpine:3.24", reading());
    const [before, row] = [rowOf(table, "alpine", "3.24"), rowOf(after, "alpine", "3.24")];
    expect(after.rows.length).toBe(table.rows.length);
    expect(after.rows.indexOf(row as never)).toBe(table.rows.indexOf(before as never));
    expect(row).toMatchObject({
      os: "alpine 3.24",
      libc: "musl",
      shell: "/bin/sh",
      packageManager: "apk",
      certificates: true,
      timeZones: false,
      users: { root: 0, nobody: 65534 },
      defaultUser: "root",
      role: before?.["role"],
      sources: [table.sources.length],
    });
    expect(row?.has.split(" ")).toEqual(expect.arrayContaining(["apk", "sh", "wget"]));
    expect(row?.lacks.split(" ")).toEqual(expect.arrayContaining(["bash", "curl"]));
    expect(after.sources.at(-1)).toBe(`read from the image, sha256:${"a".repeat(64)}, 2026-11-25`);
    const fields = Object.keys(before ?? {}).filter((it) => row?.[it] !== undefined);
    expect(Object.keys(row ?? {}).filter((it) => fields.includes(it))).toEqual(fields);
    const changed = tableText(after)
      .split("\n")
      .filter((it) => !text.includes(it));
    // The row, the source, and the comma behind the one before.
    expect(changed.length, changed.join("\n")).toBe(3);
  });

  test("takes a tag that it does not have behind the image's others, and the same again without a change", () => {
    const after = withReading(table, "alpine:edge-of-mine", reading());
    const at = after.rows.findIndex((it) => it.tag === "edge-of-mine");
    expect(after.rows[at - 1]?.image).toBe("alpine");
    expect(after.rows[at + 1]?.image).not.toBe("alpine");
    expect(tableText(withReading(after, "alpine:edge-of-mine", reading()))).toBe(tableText(after));
  });

  test("takes nothing that it cannot hold", () => {
    const config = reading().config;
    expect(() => withReading(table, "a:1", reading({ platform: "linux/arm64" }))).toThrow(/linux\/amd64/);
    expect(() => withReading(table, "a:1", reading({ config: { ...config, triggers: ["RUN x"] } }))).toThrow(
      /ONBUILD/,
    );
    expect(() =>
      withReading(table, "a:1", reading({ config: { ...config, healthcheck: ["CMD", "x"] } })),
    ).toThrow(/HEALTHCHECK/);
    expect(() => withReading(table, `a@sha256:${"0".repeat(64)}`, reading())).toThrow(/digest/);
  });
});
