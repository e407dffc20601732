import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface EnterRule {
  readonly beforeText: string;
  readonly previousLineText?: string;
  readonly action: { readonly indent: string };
}

const { onEnterRules } = JSON.parse(
  readFileSync("syntaxes/dockerfile.language-configuration.json", "utf8"),
) as { onEnterRules: readonly EnterRule[] };

/** What VS Code does when Enter is pressed at the end of the last of these lines: the first rule that fits counts. */
function afterEnter(...lines: readonly string[]): string {
  const [before = "", previous = ""] = lines.toReversed();
  const rule = onEnterRules.find(
    (it) =>
      new RegExp(it.beforeText).test(before) &&
      (it.previousLineText === undefined || new RegExp(it.previousLineText).test(previous)),
  );
  return rule?.action.indent ?? "as it was";
}

test("a continued instruction is indented, and what follows it is not", () => {
  expect(afterEnter("RUN apk add \\")).toBe("indent");
  expect(afterEnter("RUN dir `  ")).toBe("indent");
  expect(afterEnter("RUN apk add \\", "    curl \\")).toBe("as it was");
  expect(afterEnter("RUN apk add \\", "    curl")).toBe("outdent");
  expect(afterEnter("    curl \\", "    git")).toBe("outdent");
});

test("no other line changes the indentation", () => {
  expect(afterEnter("RUN apk add curl")).toBe("as it was");
  expect(afterEnter("# ends in \\")).toBe("as it was");
  expect(afterEnter("RUN echo \\\\")).toBe("as it was");
  expect(afterEnter("RUN a \\", "    # a comment")).toBe("as it was");
  expect(afterEnter("RUN <<EOF", "  if true; then")).toBe("as it was");
});
