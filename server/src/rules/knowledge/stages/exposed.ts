import type { Stage } from "../../../model/stage/stage.ts";
import { stagesDownFrom } from "../../../model/stage/stage-graph.ts";
import { wordValue } from "../../../model/stage/word-value.ts";
import type { Word } from "../../../syntax/dockerfile/tree.ts";

/** One port that an EXPOSE of the stage names. */
export interface ExposedPort {
  readonly port: number;
  readonly word: Word;
}

/** The TCP ports that a stage's own EXPOSE name; undefined where one of them, or a range, is not a plain port. */
export function ownPorts(stage: Stage): readonly ExposedPort[] | undefined {
  const ports: ExposedPort[] = [];
  for (const instruction of stage.instructions) {
    if (instruction.name !== "EXPOSE") continue;
    for (const word of instruction.words) {
      const [matched, port, protocol = "tcp"] =
        /^(\d+)(?:\/(\w+))?$/.exec(wordValue(word, instruction, stage) ?? "") ?? [];
      if (matched === undefined) return undefined;
      if (protocol.toLowerCase() === "tcp") ports.push({ port: Number(port), word });
    }
  }
  return ports;
}

/** Those of the stage and of the stages that it is built on; undefined as for `ownPorts`. */
export function portsOfFile(stage: Stage): readonly ExposedPort[] | undefined {
  const ports: ExposedPort[] = [];
  for (const it of stagesDownFrom(stage)) {
    const own = ownPorts(it);
    if (!own) return undefined;
    ports.push(...own);
  }
  return ports;
}
