import type { Word } from "../../syntax/dockerfile/tree.ts";
import { insert, replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { readsSyntax } from "../knowledge/instructions/frontend.ts";
import { startsSources } from "../knowledge/started/handed-over.ts";
import { type RunScript, scriptsRunIn } from "../knowledge/started/run-scripts.ts";
import { type Fix, stageRule } from "../rule.ts";
import { insertBelow } from "../writing/dockerfile/lines.ts";

export const scriptNotExecutable = stageRule({
  id: "script-not-executable",
  title: "Script that nobody may execute",
  severity: "warning",
  tags: ["build", "run"],
  aliases: ["S08"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a file that the image starts by its path and that nobody may execute: COPY keeps the mode that it has in the
      build context, and nothing sets another.`,
    why: source`
      RUN and the container end with "permission denied". \`COPY --chmod=755\` sets the mode whatever the file system or Git
      says, without a second copy of the file as \`RUN chmod\` makes it. A here-document is written with the mode 644.`,
    bad: source`
      FROM alpine:3.24
      COPY <<EOF /start.sh
      #!/bin/sh
      exec api
      EOF
      ENTRYPOINT ["/start.sh"]
                  ^^^^^^^^^^^ script-not-executable: /start.sh is not executable: COPY gives it the mode 644.`,
    good: source`
      FROM alpine:3.24
      COPY --chmod=755 <<EOF /start.sh
      #!/bin/sh
      exec api
      EOF
      ENTRYPOINT ["/start.sh"]`,
  },
  check(stage, report) {
    for (const script of scriptsRunIn(stage)) {
      const { origin, path, span, failure, shell, instruction } = script;
      if (failure === "allowed" || shell !== undefined || !script.modeKept) continue;
      if (instruction.name === "CMD" && instruction.exec && startsSources(path, stage)) continue;
      const mode = modeOf(script);
      if (mode === undefined) continue;
      report(span, `${path} is not executable: ${mode}.`, {
        related: [{ message: "It is copied here.", span: origin.copy.span }],
        fixes: fixesOf(script),
      });
    }
  },
});

/** Why nobody may execute it; undefined where somebody may, or that is not known. */
function modeOf({ origin: { copy, contextPath }, stage }: RunScript): string | undefined {
  const chmod = copy.flags.find((it) => it.name === "chmod")?.value;
  if (chmod !== undefined)
    return /^[0-7]?[0246]{3}$/.test(chmod) ? `${copy.name} gives it the mode ${chmod}` : undefined;
  if (contextPath === undefined) return "COPY gives it the mode 644";
  const { context } = stage.model.inputs;
  return context?.isExecutable?.(contextPath) === false
    ? `neither is ${contextPath} in the build context`
    : undefined;
}

/** The mode goes to all that the instruction copies: alone it is plainly meant, and not for what lies beside it in a folder. */
function fixesOf(script: RunScript): Fix[] {
  const { origin, stage, path } = script;
  const { copy, contextPath } = origin;
  if (copy.name !== "COPY" && copy.name !== "ADD") return [];
  const { file, inputs } = stage.model;
  const chmod = copy.flags.find((it) => it.name === "chmod");
  const sources = copy.words.slice(0, -1);
  const isFile = ({ raw }: Word) =>
    contextPath === undefined || inputs.context?.exists(raw.replace(/^(\.?\/)+/, "")) !== "directory";
  if (chmod || (sources.every(isFile) && !copy.flags.some((it) => it.name === "from"))) {
    if (!readsSyntax(file, 2)) return [];
    const kind = sources.length === 1 && !chmod ? "safe" : "unsafe";
    const edit = chmod ? replace(chmod.span, "--chmod=755") : insert(copy.keyword.end, " --chmod=755");
    return [{ kind, title: "Copy it with --chmod=755", edits: [edit] }];
  }
  return setsModeBelow(script)
    ? [
        {
          kind: "unsafe",
          title: "Make it executable below",
          edits: [insertBelow(file, copy, `RUN chmod +x ${path}`)],
        },
      ]
    : [];
}

/** May a RUN below the COPY set the mode, in the stage that runs the script? */
function setsModeBelow({ origin: { copy, stage: copiesIn }, stage, path }: RunScript): boolean {
  const after = copiesIn.after(copy);
  const { user } = after;
  const isOpen = copiesIn === stage && after.hasTool("chmod").is === "yes" && after.hasShell.is === "yes";
  return isOpen && user.known && user.value.isRoot && /^[\w./-]+$/.test(path);
}
