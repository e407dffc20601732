import { known, notKnown } from "../../known.ts";
import { type InstructionEffect, reasonOf } from "./instruction-effect.ts";

export const expose: InstructionEffect = {
  name: "EXPOSE",
  configure(instruction, { configuration, position, expand }) {
    const values = instruction.words.map(expand);
    const ports = values.flatMap((it) =>
      it === undefined ? [] : it.split(/\s+/).filter(Boolean).flatMap(portsOf),
    );
    const reason = reasonOf(instruction, `EXPOSE ${ports.join(" ")}`);
    configuration.addPorts(position, values.includes(undefined) ? notKnown(reason) : known(ports, reason));
  },
};

/** More than this is a mistake of its own; the list would only be long. */
const LONGEST_RANGE = 1000;

/** `8080` is `8080/tcp`; a range is each of its ports. */
function portsOf(text: string): string[] {
  const [, first, last, protocol = "tcp"] = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(text) ?? [];
  if (first === undefined) return [];
  const from = Number(first);
  if (last === undefined) return [`${from}/${protocol.toLowerCase()}`];
  const to = Number(last);
  if (to < from || to - from > LONGEST_RANGE) return [`${first}/${protocol.toLowerCase()}`];
  return Array.from({ length: to - from + 1 }, (_, index) => `${from + index}/${protocol.toLowerCase()}`);
}
