import { baseName } from "../../model/stage/paths.ts";
import { source } from "../../text/source.ts";
import { scriptsRunIn } from "../knowledge/started/run-scripts.ts";
import { stageRule } from "../rule.ts";
import { installProgram } from "../writing/dockerfile/install-program.ts";

export const shebangInterpreterMissing = stageRule({
  id: "shebang-interpreter-missing",
  title: "Script whose interpreter the image lacks",
  severity: "error",
  tags: ["build", "run"],
  aliases: ["S06"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a script that the image starts by its path, and whose first line names an interpreter which is certainly not in
      the image. Scripts are read in the build context, or in the here-document of a COPY.`,
    why: source`
      The kernel reads \`#!\` and starts what stands there. Where that is missing it says "no such file or directory", of the
      script, which is there: nobody thinks of bash.`,
    bad: source`
      FROM alpine:3.24
      COPY start.sh /
      ENTRYPOINT ["/start.sh"]
                  ^^^^^^^^^^^ shebang-interpreter-missing: /start.sh starts with #!/bin/bash, and bash is not in this image.`,
    good: source`
      FROM alpine:3.24
      RUN apk add --no-cache bash
      COPY start.sh /
      ENTRYPOINT ["/start.sh"]`,
    context: { "start.sh": "#!/bin/bash\nexec api\n" },
  },
  check(stage, report) {
    for (const script of scriptsRunIn(stage)) {
      const { path, origin, span, state, failure, instruction, stage: runsIn } = script;
      const line = /^#![^\n\r]*/.exec(origin.text)?.[0];
      const program = line === undefined ? undefined : interpreterIn(line);
      if (line === undefined || program === undefined || failure === "allowed") continue;
      if (script.shell !== undefined) continue;
      const there = state.hasTool(program);
      if (there.is !== "no") continue;
      report(span, `${path} starts with ${line}, and ${program} is not in this image.`, {
        severity: failure === "stops" ? "error" : "warning",
        related: [{ message: "The script is copied here.", span: origin.copy.span }, ...there.because],
        fixes: installProgram(program, instruction, runsIn, state),
      });
    }
  },
});

/** The program that a `#!` line starts, by its name: what stands behind `env`, or the interpreter itself. */
function interpreterIn(line: string): string | undefined {
  const [interpreter = "", first = ""] = line
    .replace(/^#!\s*/, "")
    .trim()
    .split(/\s+/);
  const name = baseName(interpreter);
  if (name !== "env") return name === "" ? undefined : name;
  return first.startsWith("-") || first.includes("=") || first === "" ? undefined : first;
}
