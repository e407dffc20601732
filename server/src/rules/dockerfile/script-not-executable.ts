import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { readsSyntax } from "../knowledge/stages/frontend.ts";
import { type RunScript, scriptsRunIn } from "../knowledge/started/run-scripts.ts";
import { type Fix, stageRule } from "../rule.ts";

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
      const { origin, path, span, failure, state } = script;
      const { contextPath, copy } = origin;
      if (failure === "allowed" || copy.flags.some((it) => it.name === "chmod")) continue;
      const isExecutable =
        contextPath !== undefined && stage.model.inputs.context?.isExecutable?.(contextPath);
      if (isExecutable !== false || state.fileAt(path) === undefined) continue;
      const mode =
        contextPath === undefined
          ? "COPY gives it the mode 644"
          : `neither is ${contextPath} in the build context`;
      report(span, `${path} is not executable: ${mode}.`, {
        related: [{ message: "It is copied here.", span: copy.span }],
        fixes: fixesOf(script),
      });
    }
  },
});

/** The mode goes to all that the instruction copies, so that alone it is plainly meant. */
function fixesOf({ origin: { copy }, stage }: RunScript): Fix[] {
  if (!readsSyntax(stage.model.file, 2) || (copy.name !== "COPY" && copy.name !== "ADD")) return [];
  const isAlone = copy.words.length === 2;
  const edits = [insert(copy.keyword.end, " --chmod=755")];
  return [{ kind: isAlone ? "safe" : "unsafe", title: `Copy it with --chmod=755`, edits }];
}
