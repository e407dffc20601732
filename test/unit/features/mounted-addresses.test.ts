import { expect, test } from "vitest";
import { addressesIn } from "../../../server/src/features/names/mounted.ts";

const hosts = (text: string) => addressesIn(text).map((it) => it.text);

test("hosts with a port or a scheme in front; not in comments, nor a group that the text names itself", () => {
  expect(hosts("proxy_pass http://api:8080;\n# http://old:1\nserver db-1:5432;\nhttp://web/")).toEqual([
    "api",
    "db-1",
    "web",
  ]);
  expect(hosts("upstream pool { server api:80; }\nproxy_pass http://pool;")).toEqual(["api"]);
  expect(hosts("http://api.example.com:80 a.b:80 10.0.0.1:80")).toEqual([]);
});

test("a word that is as long as a file takes no quadratic time", () => {
  expect(hosts(`${"a".repeat(200_000)} ${"a-".repeat(100_000)} http://api:80`)).toEqual(["api"]);
});
