import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { joinPath } from "../../model/stage/paths.ts";
import { toolCaches } from "../../rules/knowledge/packages/caches/tool-caches.ts";
import { mountTypes } from "../knowledge/mounts.ts";
import { type Candidate, candidatesFrom, escapeSnippet } from "./candidate.ts";
import { contextPaths, stageFiles } from "./copied-paths.ts";
import type { DockerfileCursor } from "./dockerfile-cursor.ts";
import { imagesAndStages } from "./images.ts";
import { stateAt } from "./state-at.ts";
import { argumentAt } from "./written-argument.ts";

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
    const field = mount?.fields.find((it) => it.name === name || it.otherNames.includes(name));
    if (field?.name === "source") return sourcesOf(model, cursor, fields, value);
    if (field?.name === "id") return idsGiven(model, cursor, type, candidate);
    if (field?.name === "target" && type === "cache") return cacheFolders(model, cursor, candidate);
    const known = field?.known ?? [];
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

/** Files of the stage that `from=` names, else of the build context. */
function sourcesOf(
  model: DockerfileModel,
  cursor: DockerfileCursor,
  fields: readonly string[],
  value: string,
): Candidate[] {
  const from = fields.find((it) => it.startsWith("from="))?.slice("from=".length);
  const argument = argumentAt({ ...cursor, typed: value, words: [] });
  return [
    ...(from === undefined
      ? contextPaths(model.inputs.context, argument)
      : stageFiles(model, from, cursor.offset, argument)),
  ];
}

/** Names that other mounts of this type in the file have: mostly the same is meant. */
function idsGiven(
  model: DockerfileModel,
  cursor: DockerfileCursor,
  type: string,
  candidate: ReturnType<typeof candidatesFrom>,
): Candidate[] {
  const ids = new Set<string>();
  for (const it of model.file.instructions) {
    if (it === cursor.instruction) continue;
    for (const { fields } of (it.inner ?? it).flags) {
      const value = (name: string) => fields.find((field) => field.name === name)?.value;
      const id = value("id");
      if (id && value("type") === type) ids.add(id);
    }
  }
  return [...ids].map((it) => candidate(it, "value", { detail: "as elsewhere in this file" }));
}

/** Where the tools that the stage has keep what they download, below the home of root. */
function cacheFolders(
  model: DockerfileModel,
  cursor: DockerfileCursor,
  candidate: ReturnType<typeof candidatesFrom>,
): Candidate[] {
  const here = stateAt(model, cursor.offset);
  if (!here) return [];
  const found = new Map<string, string>();
  for (const { tool, variables, home } of toolCaches) {
    if (here.state.hasTool(tool).is !== "yes") continue;
    const set = variables.map(([name, behind]) => ({ value: here.state.variable(name), behind }));
    const named = set.find(({ value }) => value.known && value.value !== "");
    const path = named?.value.known ? joinPath(named.value.value, named.behind) : joinPath("/root", home);
    if (!found.has(path)) found.set(path, tool);
  }
  const manager = here.state.packageManager.known ? here.state.packageManager.value : undefined;
  if (manager === "apt") found.set("/var/cache/apt", "apt").set("/var/lib/apt", "apt");
  if (manager === "apk") found.set("/var/cache/apk", "apk");
  return [...found].map(([path, tool], rank) =>
    candidate(path, "folder", { detail: `where ${tool} keeps what it has fetched or built`, rank }),
  );
}
