import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { type Candidate, candidatesFrom } from "./candidate.ts";
import type { DockerfileCursor } from "./dockerfile-cursor.ts";

/** Sources of COPY and ADD in the build context; nothing behind `--from`, whose files are elsewhere. */
export function completeContextPath(model: DockerfileModel, cursor: DockerfileCursor): Candidate[] {
  const { context } = model.inputs;
  if (!context || cursor.words.some((it) => it.startsWith("--from="))) return [];
  if (/^[["$]/.test(cursor.typed) || cursor.typed.includes("://")) return [];

  const slash = cursor.typed.lastIndexOf("/");
  const folder = cursor.typed.slice(0, slash + 1).replace(/^(\.?\/)+/, "");
  const candidate = candidatesFrom(cursor.offset - (cursor.typed.length - slash - 1), cursor.offset);
  return (context.list(folder.replace(/\/$/, "")) ?? [])
    .filter((name) => !/\s/.test(name) && name !== ".git")
    .map((name) => {
      const isFolder = context.exists(`${folder}${name}`) === "directory";
      return isFolder
        ? candidate(`${name}/`, "folder", { continues: true, rank: 1 })
        : candidate(name, "file", { rank: 2 });
    });
}
