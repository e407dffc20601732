import { expect, test } from "vitest";
import { nearestName } from "../../../server/src/text/nearest-name.ts";

test("a swap, a slip, a missing and a doubled letter", () => {
  expect(nearestName("biulder", ["builder", "runtime"])).toBe("builder");
  expect(nearestName("buildr", ["builder", "base"])).toBe("builder");
  expect(nearestName("Bilder", ["builder"])).toBe("builder");
  expect(nearestName("postgress", ["postgres", "redis"])).toBe("postgres");
});

test("nothing that is far, and no choice between two", () => {
  expect(nearestName("db", ["api", "redis"])).toBeUndefined();
  expect(nearestName("nginx", ["builder"])).toBeUndefined();
  expect(nearestName("buildx", ["builda", "buildb"])).toBeUndefined();
});

test("short names allow no slip, three letters one", () => {
  expect(nearestName("db", ["dc"])).toBeUndefined();
  expect(nearestName("api", ["apl"])).toBe("apl");
});
