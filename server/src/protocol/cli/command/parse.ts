import { parseDockerfile } from "../../../syntax/dockerfile/parse.ts";
import { parseToJson, parseToSexp } from "../../../syntax/dockerfile/print.ts";
import { Disk } from "../../../workspace/disk.ts";
import { readInputs } from "../inputs.ts";
import type { Command } from "../run.ts";
import { printable } from "../terminal.ts";
import { UsageError } from "../usage.ts";

export const parseCommand: Command = {
  spec: {
    name: "parse",
    summary: "Print how a Dockerfile is read.",
    usage: "parse [--format json|sexp] FILE",
    flags: [
      {
        name: "format",
        summary: "json when not given; sexp prints a line an instruction, as BuildKit's parser tests do.",
        value: { placeholder: "json|sexp", oneOf: ["json", "sexp"] },
      },
    ],
    notes: ["`-` reads standard input. Exit code: 0 when the file could be read, whatever is in it, else 2."],
  },
  async run({ values, operands }, terminal) {
    if (operands.length !== 1)
      throw new UsageError(operands.length === 0 ? "Name a Dockerfile." : "Name one Dockerfile only.");
    const { readable, unreadable, empty } = await readInputs(operands, {
      disk: new Disk(),
      terminal,
      stdinName: undefined,
    });
    for (const { name, message } of unreadable) terminal.error(`${printable(name)}: ${message}\n`);
    const [input] = readable;
    if (!input || input.name !== (operands[0] === "-" ? "<stdin>" : operands[0])) {
      if (unreadable.length === 0)
        terminal.error(`${printable(empty[0] ?? operands[0] ?? "")}: this is a folder.\n`);
      return 2;
    }
    const file = parseDockerfile(input.text);
    terminal.out(
      values.get("format") === "sexp" ? parseToSexp(file) : `${JSON.stringify(parseToJson(file), null, 2)}\n`,
    );
    return 0;
  },
};
