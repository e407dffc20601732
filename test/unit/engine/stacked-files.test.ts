import { expect, test } from "vitest";
import { StackedFiles } from "../../../client/src/engine/images/stacked-files.ts";
import { readImageArchive } from "../../../client/src/sizes/layers/image-archive.ts";
import { imageArchive, inParts, tarOf } from "../../support/images/image-archives.ts";
import { layerOf } from "../../support/images/layers.ts";

test("what a container would see, directories that no layer names included", async () => {
  const files = new StackedFiles([
    layerOf({ "/usr/bin/tool": { size: 5, mode: 0o755 }, "/bin": "usr/bin", "/etc/old": 3 }),
    layerOf({ "/usr/bin/same": { link: "/usr/bin/tool" } }, ["/etc/old"]),
  ]);
  expect(await files.find("/bin/tool")).toEqual({ path: "/usr/bin/tool", isDirectory: false, size: 5 });
  expect(await files.find("/usr")).toMatchObject({ isDirectory: true });
  expect(await files.find("/etc/old")).toBeUndefined();
  expect(await files.find("/nowhere/at/all")).toBeUndefined();
  expect(files.tree.isComplete("/usr/bin")).toBe(true);
  expect(files.tree.namesIn("/usr/bin").toSorted()).toEqual(["same", "tool"]);
  expect(files.tree.at("/usr/bin/tool")).toMatchObject({ kind: "file", executable: true });
});

test("the texts that say which system it is and which users it has; of others none is kept", async () => {
  const layer = await tarOf([
    { name: "usr/lib/os-release", content: "ID=debian\n" },
    { name: "etc/os-release", type: "symlink", linkname: "../usr/lib/os-release" },
    { name: "./etc/passwd", content: "root:x:0:0::/:/bin/sh\n" },
    { name: "etc/group", content: "" },
    { name: "etc/motd", content: "welcome" },
  ]);
  const above = await tarOf([{ name: "etc/passwd", content: "app:x:7:7::/:/bin/sh\n" }]);
  const { archive } = await imageArchive([layer, above], { form: "docker", packing: "gzip" });
  for (const hashes of [true, false]) {
    const { layers } = await readImageArchive(inParts(archive, 700), { hashes });
    const files = new StackedFiles(layers.flatMap((it) => it.layer ?? []));
    expect(await files.text("/etc/os-release")).toBe("ID=debian\n");
    expect(await files.text("/etc/passwd")).toBe("app:x:7:7::/:/bin/sh\n");
    expect(await files.text("/etc/group")).toBe("");
    expect(await files.text("/etc/motd")).toBeUndefined();
    expect(await files.text("/etc/shadow")).toBeNull();
  }
});
