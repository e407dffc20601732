import { expect, test } from "vitest";
import { ImageTree, type TreeEntry } from "../../../client/src/engine/images/image-tree.ts";

const entry = (kind: TreeEntry["kind"], target?: string): TreeEntry => ({
  kind,
  executable: kind === "file",
  size: 1,
  target,
});

function tree(paths: Readonly<Record<string, string | undefined>>): ImageTree {
  const made = new ImageTree();
  for (const [path, target] of Object.entries(paths)) {
    const kind = target !== undefined ? "link" : path.endsWith("/") ? "directory" : "file";
    made.add(path.replace(/\/$/, ""), entry(kind, target));
  }
  return made;
}

const found = (it: ImageTree, path: string) => {
  const resolved = it.resolve(path);
  return resolved.is === "there" ? resolved.path : resolved.is;
};

test("links are followed, relative, absolute and on the way", () => {
  const it = tree({
    "/usr/": undefined,
    "/usr/bin/": undefined,
    "/usr/bin/sh": "../../bin/dash",
    "/usr/bin/dash": undefined,
    "/bin": "usr/bin",
    "/etc/": undefined,
    "/etc/awk": "/usr/bin/mawk",
    "/round": "/about",
    "/about": "/round",
  });
  it.completeBelow("/");
  expect(found(it, "/bin/sh")).toBe("/usr/bin/dash");
  expect(found(it, "/bin")).toBe("/usr/bin");
  expect(found(it, "/etc/awk")).toBe("missing");
  expect(found(it, "/etc/../bin/./dash")).toBe("/usr/bin/dash");
  expect(found(it, "/usr/bin/dash/x")).toBe("missing");
  expect(found(it, "/round")).toBe("missing");
  expect(found(it, "/")).toBe("/");
});

test("what was not read is unknown, and a directory is known without those above it", () => {
  const it = tree({ "/usr/bin/": undefined, "/usr/bin/sh": undefined, "/usr/bin/out": "/opt/x" });
  expect(found(it, "/usr/bin/no")).toBe("unknown");
  it.completeBelow("/usr/bin");
  expect(found(it, "/usr/bin/no")).toBe("missing");
  expect(found(it, "/usr/bin/sh")).toBe("/usr/bin/sh");
  expect(found(it, "/usr/bin/out")).toBe("unknown");
  expect(found(it, "/usr/lib")).toBe("unknown");
});
