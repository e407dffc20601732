import { describe, expect, test } from "vitest";
import { made } from "../../../support/projects.ts";

const MAIN = "package main\n\nfunc main() {}\n";
const SHOP = {
  "go.mod": "module example.com/shop\n",
  "cmd/api/main.go": MAIN,
  "cmd/worker/main.go": MAIN,
  "internal/db/db.go": "package db\n",
};

describe("programs that a pattern matches", () => {
  test.each<[string, string, Record<string, string>, string[]]>([
    [
      "into a folder that a slash makes one",
      "go build -o /out/ ./cmd/...",
      SHOP,
      ["/out/api yes", "/out/worker yes", "/out/server no", "/app/api if"],
    ],
    [
      "into one that is there",
      "mkdir bin && go build -o bin ./...",
      SHOP,
      ["/app/bin/api yes", "/app/bin/db if"],
    ],
    ["nowhere", "go build ./...", SHOP, ["/app/api if", "/app/shop if"]],
    ["one of one", "go build ./cmd/api/...", SHOP, ["/app/api yes", "/app/worker if"]],
    ["go install", "go install ./...", SHOP, ["/go/bin/api yes", "/go/bin/worker yes", "/go/bin/shop no"]],
    ["go install of one", "go install ./cmd/api", SHOP, ["/go/bin/api yes", "/go/bin/worker no"]],
    [
      "go install of the module",
      "go install",
      { "go.mod": "module example.com/shop/v2\n", "main.go": MAIN },
      ["/go/bin/shop yes", "/go/bin/app no"],
    ],
    [
      "folders that Go leaves out",
      "go build -o /out/ ./...",
      {
        ...SHOP,
        "_old/main.go": MAIN,
        "testdata/x/main.go": MAIN,
        "vendor/y/main.go": MAIN,
        "tool/go.mod": "module tool\n",
        "tool/main.go": MAIN,
      },
      ["/out/_old no", "/out/x no", "/out/y no", "/out/tool no", "/out/api yes"],
    ],
    [
      "what a build constraint may leave out",
      "go build -o /out/ ./...",
      { ...SHOP, "cmd/dev/main.go": `//go:build dev\n\n${MAIN}`, "cmd/win/main_windows.go": MAIN },
      ["/out/dev ?", "/out/win ?", "/out/x no"],
    ],
    [
      "what the ignore file keeps out",
      "go build -o /out/ ./...",
      { ...SHOP, ".dockerignore": "cmd/worker\n" },
      ["/out/api yes", "/out/worker no"],
    ],
    ["for another platform", "GOARCH=arm64 go install ./...", SHOP, ["/go/bin/linux_arm64/api ?"]],
    ["what is not known", "go build -o /out/ $X", SHOP, ["/out/api ?"]],
    ["without a go.mod", "go build -o /out/ ./...", { "cmd/api/main.go": MAIN }, ["/out/api ?"]],
  ])("%s", (_, command, files, expected) => {
    const paths = expected.map((it) => it.replace(/ .*/, ""));
    const lines = `COPY . .\nRUN ${command}`;
    const context = { ".dockerignore": "/api\n/shop\n/worker\n", ...files };
    expect(
      made("golang:1.27", lines, command.includes("-o /out/ ./cmd") ? files : context, ...paths),
    ).toEqual(expected);
  });
});
