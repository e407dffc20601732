import { expect, test } from "vitest";
import { realTags } from "../../../client/src/engine/images/images.ts";

test.each([
  ["alpine:3.24", "alpine:3.24"],
  ["docker.io/library/alpine:3.24", "alpine:3.24"],
  ["docker.io/grafana/loki:3", "grafana/loki:3"],
  ["docker.io/library/a/b:1", "library/a/b:1"],
  ["localhost/api:1", "localhost/api:1"],
  ["registry.example.com/library/api:1", "registry.example.com/library/api:1"],
])("%s is shown as %s", (told, shown) => expect(realTags([told])).toEqual([shown]));

test("none", () => {
  expect(realTags(["<none>:<none>"])).toEqual([]);
  expect(realTags(null)).toEqual([]);
});
