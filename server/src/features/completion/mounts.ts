import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { mountTypes } from "../knowledge/mounts.ts";
import { type Candidate, candidatesFrom, escapeSnippet } from "./candidate.ts";
import type { DockerfileCursor } from "./dockerfile-cursor.ts";
import { imagesAndStages } from "./images.ts";

/** What stands behind `RUN --mount=`; `written` is its text up to the cursor. */
export function completeMount(
  model: DockerfileModel,
  cursor: DockerfileCursor,
  written: string,
): Candidate[] {
  const fields = written.split(",");
  const typed = fields.pop() ?? "";
  const type = fields.find((it) => it.startsWith("type="))?.slice("type=".length) ?? "bind";
  const [, name, value] = /^([\w-]+)=(.*)$/.exec(typed) ?? [];

  if (name === "type" && value !== undefined) {
    const candidate = candidatesFrom(cursor.offset - value.length, cursor.offset);
    return mountTypes.map((it) => candidate(it.type, "value", { documentation: it.summary }));
  }
  if (name === "from" && value !== undefined) return imagesAndStages(model, cursor, value);

  const mount = mountTypes.find((it) => it.type === type);
  if (name !== undefined && value !== undefined) {
    const candidate = candidatesFrom(cursor.offset - value.length, cursor.offset);
    const known = mount?.fields.find((it) => it.name === name)?.known ?? [];
    return known.map((it) => candidate(it.value, "value", { documentation: it.summary }));
  }

  const candidate = candidatesFrom(cursor.offset - typed.length, cursor.offset);
  const given = new Set(fields.map((it) => it.replace(/=.*$/, "")));
  const fresh = fields.length === 0;
  return [
    ...(fresh
      ? mountTypes.map((it) =>
          candidate(`type=${it.type}`, "value", {
            documentation: it.summary,
            text: it.template,
            snippet: true,
            rank: 0,
          }),
        )
      : []),
    ...(mount?.fields ?? [])
      .filter((it) => ![it.name, ...it.otherNames].some((each) => given.has(each)))
      .map((it) => {
        const open = it.name === "from" || it.known.length > 0;
        return candidate(it.placeholder === undefined ? it.name : `${it.name}=`, "field", {
          documentation: it.summary,
          text:
            it.placeholder === undefined
              ? it.name
              : open
                ? `${it.name}=`
                : `${it.name}=\${1:${escapeSnippet(it.placeholder)}}`,
          snippet: it.placeholder !== undefined && !open,
          continues: open,
        });
      }),
  ];
}
