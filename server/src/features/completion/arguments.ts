// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are placeholders of the LSP snippet syntax.

import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { buildVariables } from "../knowledge/build-variables.ts";
import { stopSignals } from "../knowledge/instructions.ts";
import { type Candidate, candidatesFrom } from "./candidate.ts";
import type { DockerfileCursor } from "./dockerfile-cursor.ts";
import { usersAt } from "./users.ts";

/** Arguments of the instructions whose values are few or known. */
export function completeArgument(model: DockerfileModel, cursor: DockerfileCursor): Candidate[] {
  const complete = byInstruction[cursor.keyword];
  return complete ? complete(model, cursor) : [];
}

type Complete = (model: DockerfileModel, cursor: DockerfileCursor) => Candidate[];

const byInstruction: Readonly<Record<string, Complete>> = {
  ARG: (model, cursor) => {
    const declared = new Set(globalArguments(model));
    return [
      ...[...declared].map((name) =>
        word(cursor)(name, "variable", { detail: "declared before the first FROM", rank: 0 }),
      ),
      ...buildVariables
        .filter((it) => it.use === "declare" && !declared.has(it.name))
        .map((it) => word(cursor)(it.name, "variable", { documentation: it.summary })),
    ];
  },
  EXPOSE: (_, cursor) => ports.map(([port, detail], rank) => word(cursor)(port, "value", { detail, rank })),
  HEALTHCHECK: (_, cursor) => [
    word(cursor)("CMD", "keyword", {
      text: 'CMD ["${1:program}"]',
      snippet: true,
      detail: "command that checks",
    }),
    word(cursor)("NONE", "keyword", { detail: "switch off the base image's check" }),
  ],
  STOPSIGNAL: (_, cursor) => stopSignals.map((signal, rank) => word(cursor)(signal, "value", { rank })),
  USER: (model, cursor) =>
    cursor.words.length > 0
      ? []
      : usersAt(model, cursor.offset).map((it) => word(cursor)(it.value, "value", { detail: it.summary })),
  WORKDIR: (model, cursor) => {
    const before = model.file.instructions.filter(
      (it) => it.name === "WORKDIR" && it.span.end < cursor.offset,
    );
    const paths = new Set(before.flatMap((it) => (it.words[0] ? [it.words[0].raw] : [])));
    return [...paths].map((path) => word(cursor)(path, "folder", { detail: "used above" }));
  },
};

const word = (cursor: DockerfileCursor) => candidatesFrom(cursor.offset - cursor.typed.length, cursor.offset);

const ports: readonly (readonly [string, string])[] = [
  ["8080", "HTTP, without root"],
  ["80", "HTTP"],
  ["443", "HTTPS"],
  ["3000", "Node.js by habit"],
  ["5000", "Flask by habit"],
  ["8000", "Python by habit"],
  ["9090", "metrics by habit"],
  ["5432", "PostgreSQL"],
  ["3306", "MySQL"],
  ["6379", "Redis"],
];

function globalArguments(model: DockerfileModel): string[] {
  const first = model.stages[0]?.from.keyword.start ?? Number.POSITIVE_INFINITY;
  return model.file.instructions
    .filter((it) => it.name === "ARG" && it.keyword.start < first)
    .flatMap((it) => it.pairs.map((pair) => pair.name.raw));
}
