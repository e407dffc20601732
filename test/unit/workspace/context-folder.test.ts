import { join } from "node:path";
import { expect, test } from "vitest";
import { parseDockerfile } from "../../../server/src/syntax/dockerfile/parse.ts";
import { folderOfContext } from "../../../server/src/workspace/context-folder.ts";
import { Disk } from "../../../server/src/workspace/disk.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const files = { ".git/HEAD": "", "go.mod": "", "cmd/main.go": "", "docker/entry.sh": "" };

function folderFor(text: string, folder: string): string | undefined {
  return folderOfContext(parseDockerfile(text), join(folder, "docker"), { disk: new Disk(), folders: [] });
}

test("the nearest folder that holds every source", () => {
  const folder = temporaryFolder(files);
  expect(folderFor("FROM a\nCOPY entry.sh /\n", folder)).toBe(join(folder, "docker"));
  expect(folderFor("FROM a\nCOPY go.mod cmd/ /src/\n", folder)).toBe(folder);
});

test("none when there is no such folder up to the repository's root", () => {
  const folder = temporaryFolder(files);
  expect(folderFor("FROM a\nCOPY go.mod entry.sh /src/\n", folder)).toBeUndefined();
  expect(folderFor("FROM a\nCOPY missing /src/\n", folder)).toBeUndefined();
});

test("what says nothing about the folder: other stages, URLs, patterns, variables, the whole context", () => {
  const folder = temporaryFolder(files);
  const text =
    "FROM a\nCOPY --from=x /y /z\nADD https://example.com/a /a\nCOPY *.txt $X . /s/\nCOPY <<EOF /e\nEOF\n";
  expect(folderFor(text, folder)).toBe(join(folder, "docker"));
});
