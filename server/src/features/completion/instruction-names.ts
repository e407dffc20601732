import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { NOT_TRIGGERS } from "../../syntax/dockerfile/forms.ts";
import { instructions } from "../knowledge/instructions.ts";
import { type Candidate, candidatesFrom } from "./candidate.ts";
import type { DockerfileCursor } from "./dockerfile-cursor.ts";
import { wholeFiles } from "./templates.ts";

/**
 * Names of instructions, each with its argument as placeholders. Before the first FROM only FROM and ARG can stand;
 * who writes lower case gets lower case.
 */
export function completeInstruction(model: DockerfileModel, cursor: DockerfileCursor): Candidate[] {
  const candidate = candidatesFrom(cursor.offset - cursor.typed.length, cursor.offset);
  const hasFrom = model.stages.some((it) => it.from.keyword.start < cursor.offset - cursor.typed.length);
  const lower = /^[a-z]+$/.test(cursor.typed);
  const start = cursor.offset - cursor.typed.length;
  const isAlone = !cursor.onBuild && model.file.instructions.every((it) => it.keyword.start === start);
  const named = instructions
    .filter(({ name }) =>
      cursor.onBuild ? !NOT_TRIGGERS.has(name) : hasFrom || name === "FROM" || name === "ARG",
    )
    .flatMap(({ name, templates, summary }) =>
      templates.map(({ detail, snippet }, index) => {
        const word = lower ? name.toLowerCase() : name;
        return candidate(index === 0 ? word : `${word} (${detail})`, "keyword", {
          detail,
          documentation: summary,
          text: word + withEscape(snippet.slice(name.length), model.file.escape),
          snippet: true,
          rank: name === "FROM" && !hasFrom ? 0 : 1,
        });
      }),
    );
  return isAlone ? [...named, ...wholeFiles("dockerfile", start, cursor.offset)] : named;
}

function withEscape(snippet: string, escapeCharacter: string): string {
  return escapeCharacter === "\\" ? snippet : snippet.replaceAll("\\\\\n", `${escapeCharacter}\n`);
}
