import { expect, test } from "vitest";
import { failureText } from "../../../client/src/editor/failure-text.ts";

test.each([
  ['process "/bin/sh -c echo \\"a\\" && exit 7" did not complete successfully: exit code: 7', "exit code 7"],
  [
    'failed to solve: process "/bin/sh -c a\nb" did not complete successfully: exit code: 127',
    "exit code 127",
  ],
  ["failed to solve: secret npm: not found", "the secret npm is needed and was not given"],
  ["failed to solve: alpine:9: not found\n", "alpine:9: not found"],
  [
    "dockerfile parse error on line 2: unknown instruction: X",
    "dockerfile parse error on line 2: unknown instruction: X",
  ],
])("%s", (message, text) => {
  expect(failureText(message)).toBe(text);
});
