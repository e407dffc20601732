import { imageNameBelow } from "../../../../model/stage/base-image.ts";
import { mayCopyTo } from "../../../../model/stage/copy-target.ts";
import type { Stage } from "../../../../model/stage/stage.ts";
import type { Instruction } from "../../../../syntax/dockerfile/tree.ts";

/** May a COPY or ADD bring another Python than the system's, or its parts? */
export function mayCopyPython(instruction: Instruction, stage: Stage): boolean {
  return (
    /^(?:COPY|ADD)$/.test(instruction.name) &&
    mayCopyTo(/^\/(?:usr(?:\/local)?(?:\/bin)?)?$/, instruction, stage)
  );
}

/** Full variants of the languages' images stand on buildpack-deps, which has Debian's Python for Mercurial (docker-library/buildpack-deps, `scm`, as generally known, 2026-11). */
export function hasSystemPython(stage: Stage): boolean {
  const image = imageNameBelow(stage);
  if (!image || !/^(?:node|golang|rust|ruby|gcc|buildpack-deps)$/.test(image.name)) return false;
  const { os } = stage.bottom.initial;
  return (
    !/slim|alpine|windows|nanoserver|curl/.test(image.tag ?? "") && os.known && os.value.family === "debian"
  );
}

/**
 * Does a tag that names no release certainly stand for an image on Debian 12 or later? Tags of one part move until the version's end,
 * which was after Debian 12 had come (docker-library/official-images, as generally known, 2026-11).
 */
export function isOnRecentDebian(stage: Stage): boolean {
  const image = imageNameBelow(stage);
  const tag = image?.tag ?? "latest";
  if (image?.name === "node") return /^(?:18|2\d|lts|latest|current)(?:-slim)?$/.test(tag);
  return image?.name === "golang" && /^(?:1|1\.2[1-9]|latest)$/.test(tag);
}
