import { expect, test } from "vitest";
import { composeWarnings, resolvedFile } from "../../../client/src/compose/resolved-file.ts";

const errors = `time="2026-11-26T03:00:00Z" level=warning msg="The \\"GREETING\\" variable is not set. Defaulting to a blank string."
time="2026-11-26T03:00:00Z" level=warning msg="The \\"GREETING\\" variable is not set. Defaulting to a blank string."
time="2026-11-26T03:00:00Z" level=debug msg="no"
WARN[0000] something else
`;

test("the warnings of Compose stand above its file, once each", () => {
  expect(resolvedFile("name: a\n", composeWarnings(errors))).toBe(
    '# The "GREETING" variable is not set. Defaulting to a blank string.\n\nname: a\n',
  );
  expect(resolvedFile("name: a\n", [])).toBe("name: a\n");
});
