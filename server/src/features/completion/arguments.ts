import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { execForm } from "../../rules/writing/commands/exec-form.ts";
import { buildVariables } from "../knowledge/build-variables.ts";
import { stopSignals } from "../knowledge/instructions.ts";
import { type Candidate, candidatesFrom } from "./candidate.ts";
import type { DockerfileCursor } from "./dockerfile-cursor.ts";
import { healthchecks } from "./health.ts";
import { completeEnvironmentName, completeLabel } from "./pairs.ts";
import { runPrograms, startedPrograms } from "./programs.ts";
import { directoriesOf } from "./stage-paths.ts";
import { type Here, stateAt } from "./state-at.ts";
import { usersOrGroups } from "./users.ts";
import { argumentAt, type WrittenArgument } from "./written-argument.ts";

/** Arguments of the instructions whose values are few or known. */
export function completeArgument(model: DockerfileModel, cursor: DockerfileCursor): Candidate[] {
  const complete = byInstruction[cursor.keyword];
  return complete ? [...complete(model, cursor)] : [];
}

type Complete = (model: DockerfileModel, cursor: DockerfileCursor) => readonly Candidate[];

/** For instructions that only mean something in a stage. */
const inStage =
  (complete: (here: Here, argument: WrittenArgument) => readonly Candidate[]): Complete =>
  (model, cursor) => {
    const here = stateAt(model, cursor.offset);
    return here ? complete(here, argumentAt(cursor)) : [];
  };

const byInstruction: Readonly<Record<string, Complete>> = {
  ARG: (model, cursor) => {
    if (cursor.typed.includes("=")) return [];
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
  CMD: inStage(startedPrograms),
  ENTRYPOINT: inStage(startedPrograms),
  ENV: (model, cursor) => completeEnvironmentName(model, cursor),
  EXPOSE: (model, cursor) => {
    const number = /^(\d+)\/\w*$/.exec(cursor.typed)?.[1];
    if (number !== undefined)
      return ["tcp", "udp"].map((it, rank) => word(cursor)(`${number}/${it}`, "value", { rank }));
    const port = stateAt(model, cursor.offset)?.state.variable("PORT");
    const own = port?.known && /^\d+$/.test(port.value) ? port.value : undefined;
    return [
      ...(own === undefined ? [] : [word(cursor)(own, "value", { detail: "PORT of this stage", rank: 0 })]),
      ...ports
        .filter(([it]) => it !== own)
        .map(([it, detail], at) => word(cursor)(it, "value", { detail, rank: 1 + at })),
    ];
  },
  HEALTHCHECK: (model, cursor) => healthchecks(stateAt(model, cursor.offset), argumentAt(cursor)),
  LABEL: (_, cursor) => completeLabel(cursor),
  RUN: inStage(runPrograms),
  SHELL: (model, cursor) => {
    const here = stateAt(model, cursor.offset);
    if (!here || cursor.words.length > 0 || cursor.typed.includes('"')) return [];
    return shells
      .filter(([[program = ""]]) => here.state.hasTool(program).is !== "no")
      .map(([words, detail], rank) => word(cursor)(execForm(words), "value", { detail, rank }));
  },
  STOPSIGNAL: (_, cursor) => stopSignals.map((signal, rank) => word(cursor)(signal, "value", { rank })),
  USER: (model, cursor) =>
    cursor.words.length > 0
      ? []
      : usersOrGroups(model, cursor.offset, cursor.typed).map(({ value, summary }) =>
          word(cursor)(value, "value", { detail: summary }),
        ),
  VOLUME: inStage((here, argument) =>
    directoriesOf(here).map((path, rank) => argument.candidate(path.slice(0, -1), "folder", { rank })),
  ),
  WORKDIR: (model, cursor) => {
    if (cursor.words.length > 0) return [];
    const before = model.file.instructions.filter(
      (it) => it.name === "WORKDIR" && it.span.end < cursor.offset,
    );
    const paths = new Set(before.flatMap((it) => (it.words[0] ? [it.words[0].raw] : [])));
    const here = stateAt(model, cursor.offset);
    const folders = (here ? directoriesOf(here) : []).map((it) => it.slice(0, -1));
    return [
      ...[...paths].map((path) => word(cursor)(path, "folder", { detail: "used above", rank: 0 })),
      ...folders.filter((it) => !paths.has(it)).map((path) => word(cursor)(path, "folder")),
    ];
  },
};

/** What a stage may run shell form with, with the options that let a RUN fail when a part of it does. */
const shells: readonly (readonly [readonly string[], string])[] = [
  [["/bin/bash", "-euo", "pipefail", "-c"], "fails when a part of a pipe does"],
  [["/bin/ash", "-eo", "pipefail", "-c"], "the same, of BusyBox"],
  [["/bin/sh", "-c"], "the default"],
];

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
