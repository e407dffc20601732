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

test("another word is no slip, however long the words that both have", () => {
  expect(nearestName("taiga-events", ["taiga-front"])).toBeUndefined();
  expect(nearestName("frontend-service", ["backend-service"])).toBeUndefined();
  expect(nearestName("redis-1", ["redis-2"])).toBeUndefined();
  expect(nearestName("shop-aip", ["shop-web", "shop-api"])).toBe("shop-api");
  expect(nearestName("POSTGRES_PASWORD", ["POSTGRES_PASSWORD", "POSTGRES_USER"])).toBe("POSTGRES_PASSWORD");
  expect(nearestName("src/main.sj", ["src/main.js"])).toBe("src/main.js");
  expect(nearestName("my_api", ["my-api"])).toBe("my-api");
});

test("short names allow no slip, three letters one", () => {
  expect(nearestName("db", ["dc"])).toBeUndefined();
  expect(nearestName("api", ["apl"])).toBe("apl");
});
