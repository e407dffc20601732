import type { Stage } from "../../model/stage/stage.ts";
import { source } from "../../text/source.ts";
import { type RunScript, scriptsRunIn } from "../knowledge/started/run-scripts.ts";
import { type Fix, stageRule } from "../rule.ts";
import { insertBelow } from "../writing/dockerfile/lines.ts";

export const scriptCrlf = stageRule({
  id: "script-crlf",
  title: "Script with the line ends of Windows",
  severity: "error",
  tags: ["build", "run"],
  aliases: ["S07"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a script that the image starts by its path, and whose \`#!\` line ends with a carriage return, and one that a shell
      is to read, with line ends of Windows behind its commands. Scripts are read in the build context.`,
    why: source`
      The kernel takes the carriage return for a part of the interpreter's name, looks for \`/bin/sh\r\`, and says "no such file
      or directory". A shell takes it for a part of each line's last word: \`set -e\r\` is an unknown option. Git checks files out so
      on Windows; \`*.sh text eol=lf\` in \`.gitattributes\` keeps them as they are.`,
    bad: source`
      FROM alpine:3.24
      COPY start.sh /
      ENTRYPOINT ["/start.sh"]
                  ^^^^^^^^^^^ script-crlf: The first line of start.sh ends with a carriage return, which becomes a part of its interpreter's name.`,
    good: source`
      FROM alpine:3.24
      COPY start.sh /
      RUN sed -i 's/\\r$//' /start.sh
      ENTRYPOINT ["/start.sh"]`,
    context: { "start.sh": "#!/bin/sh\r\nexec api\r\n" },
  },
  check(stage, report) {
    for (const script of scriptsRunIn(stage)) {
      const { origin, span, failure, shell } = script;
      if (failure === "allowed" || !(shell === undefined ? FIRST_LINE : COMMAND_LINE).test(origin.text))
        continue;
      const name = origin.contextPath ?? script.path;
      report(
        span,
        shell === undefined
          ? `The first line of ${name} ends with a carriage return, which becomes a part of its interpreter's name.`
          : `The lines of ${name} end with carriage returns, which ${shell} takes for a part of their last words.`,
        {
          severity: failure === "stops" ? "error" : "warning",
          related: [{ message: "The script is copied here.", span: origin.copy.span }],
          fixes: conversion(script, origin.stage),
        },
      );
    }
  },
});

const FIRST_LINE = /^#![^\n]*\r(\n|$)/;

/** A line that is neither empty nor a comment. */
const COMMAND_LINE = /^[ \t]*[^#\s][^\n]*\r$/m;

/** Below the COPY, where the stage that copies it is the one that runs it. */
function conversion({ path, origin, stage }: RunScript, copiesIn: Stage): Fix[] {
  const after = copiesIn.after(origin.copy);
  const { user } = after;
  if (copiesIn !== stage || after.hasTool("sed").is !== "yes" || !user.known || !user.value.isRoot) return [];
  if (after.hasShell.is !== "yes") return [];
  const line = `RUN sed -i 's/\\r$//' ${path}`;
  return [
    {
      kind: "unsafe",
      title: "Convert it when it is copied",
      edits: [insertBelow(stage.model.file, origin.copy, line)],
    },
  ];
}
