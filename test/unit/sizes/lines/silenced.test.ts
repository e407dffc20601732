import { expect, test } from "vitest";
import { ignoreComment, silencedAt } from "../../../../client/src/sizes/lines/silenced.ts";

const file = `# plimsoll global ignore=A-rule
FROM alpine
# plimsoll ignore=wasted-bytes, deleted-later
# why
RUN rm /a
RUN b`.split("\n");

test("directly above the instruction, and for the file", () => {
  expect([...silencedAt(file, 4)].sort()).toEqual(["a-rule", "deleted-later", "wasted-bytes"]);
  expect([...silencedAt(file, 5)]).toEqual(["a-rule"]);
});

test("a comment of its own, or one more name in the one that is there", () => {
  expect(ignoreComment(file, 5, "x")).toEqual({ line: 5, character: 0, text: "# plimsoll ignore=x\n" });
  expect(ignoreComment(file, 4, "x")).toEqual({ line: 2, character: file[2]?.length, text: ",x" });
});
