import { expect, test } from "vitest";
import { isRemoteContext, isRemoteFile } from "../../../../../server/src/model/compose/files/remote.ts";

/** As Compose 2.40.3 took them: for a context, for a file. */
const answers: readonly (readonly [string, boolean, boolean])[] = [
  ["./a", false, false],
  ["a.yaml", false, false],
  ["/abs", false, false],
  ["~/x", false, false],
  ["C:\\x", false, false],
  ["C:/x", false, false],
  ["https://example.com/a.git", true, true],
  ["HTTPS://example.com/a.git", true, true],
  ["http://example.com/a.git#main:sub", true, true],
  ["https://example.com/a.tar", true, false],
  ["https:/x", false, false],
  ["git://example.com/a", true, true],
  ["ssh://git@example.com/a", true, true],
  ["git+ssh://x/y", true, false],
  ["git@example.com:a/b.git", true, true],
  ["git@example.com:a/b", true, true],
  ["Git@example.com:a/b", false, true],
  ["deploy@example.com:repo", false, true],
  ["deploy@example.com:repo.yaml", false, true],
  ["x.y@example.com:repo", false, false],
  ["a/b@example.com:repo", false, false],
  ["a b@example.com:repo", false, false],
  ["example.com:repo", false, false],
  ["github.com/a/b", true, true],
  ["github.com", false, false],
  ["gitlab.com/a/b.git", false, false],
  ["oci://example.com/a", true, true],
  ["OCI://example.com/a", true, false],
  ["docker-image://alpine", true, false],
  ["oci-layout://folder", true, false],
  ["file:///x", true, false],
  ["ftp://x/y", true, false],
  ["service:base", true, false],
  ["target:x", false, false],
  ["abc:def", false, false],
];

test.each(answers)("%s: fetched as a context %s, as a file %s", (path, context, file) => {
  expect([isRemoteContext(path), isRemoteFile(path)]).toEqual([context, file]);
});
