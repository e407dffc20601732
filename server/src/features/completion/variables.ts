import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { buildVariables } from "../knowledge/build-variables.ts";
import { variablesAt } from "../variables.ts";
import { type Candidate, candidatesFrom } from "./candidate.ts";
import type { DockerfileCursor } from "./dockerfile-cursor.ts";

/** Names behind `$` or `${`; undefined when the cursor is not behind one. */
export function completeVariable(model: DockerfileModel, cursor: DockerfileCursor): Candidate[] | undefined {
  const [, dollar, name] = /(?<!\\)(\$\{?)(\w*)$/.exec(cursor.typed) ?? [];
  if (dollar === undefined || name === undefined) return undefined;

  const candidate = candidatesFrom(cursor.offset - name.length, cursor.offset);
  const closes = dollar === "${" && model.file.text[cursor.offset] !== "}";
  const declared = variablesAt(model, cursor.offset);
  const known = new Set(declared.map((it) => it.name));
  const isFrom = cursor.keyword === "FROM";
  return [
    ...declared.map((it) =>
      candidate(it.name, "variable", {
        detail:
          it.value === undefined
            ? `${it.declaredBy}, without a value`
            : `${it.declaredBy} ${it.name}=${it.value}`,
        text: it.name + (closes ? "}" : ""),
        rank: 0,
      }),
    ),
    ...buildVariables
      .filter((it) => !known.has(it.name) && (it.use === "always" || isFrom))
      .map((it) =>
        candidate(it.name, "variable", {
          documentation: it.summary,
          text: it.name + (closes ? "}" : ""),
          rank: 2,
        }),
      ),
  ];
}
