import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { unreadFirstLine } from "../knowledge/started/first-line.ts";
import { startedSettings } from "../knowledge/started/handed-over.ts";
import { type RunScript, scriptsRunIn } from "../knowledge/started/run-scripts.ts";
import { type Fix, stageRule } from "../rule.ts";

export const shebangMissing = stageRule({
  id: "shebang-missing",
  title: "Script in exec form without a line that says who reads it",
  severity: "error",
  tags: ["build", "run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a script that ENTRYPOINT, CMD, HEALTHCHECK or RUN start by its path in exec form, and that does not begin with \`#!\`: there is
      no such line, an empty line, blanks or a byte order mark stand in front of it, or the \`!\` is missing. Scripts are read in the
      build context, or in the here-document of a COPY. Silent in shell form, where the shell reads what the kernel refuses.`,
    why: source`
      The kernel starts programs, and texts that begin with \`#!\`. Anything else ends with "exec format error", which sounds like the
      wrong architecture. A shell would have read the script itself, so that it works everywhere but here.`,
    bad: source`
      FROM alpine:3.24
      COPY start.sh /
      ENTRYPOINT ["/start.sh"]
                  ^^^^^^^^^^^ shebang-missing: start.sh does not begin with a #! line, so that the kernel does not start it.`,
    good: source`
      FROM alpine:3.24
      COPY start.sh /
      ENTRYPOINT ["sh", "/start.sh"]`,
    context: { "start.sh": "set -e\nexec api\n" },
  },
  check(stage, report) {
    for (const script of scriptsRunIn(stage)) {
      const { origin, path, span, failure } = script;
      if (failure === "allowed" || script.shell !== undefined || !isStartedByKernel(script)) continue;
      const unread = unreadFirstLine(origin.text);
      if (!unread) continue;
      report(span, `${origin.contextPath ?? path} ${unread.why}, so that the kernel does not start it.`, {
        related: [{ message: "The script is copied here.", span: origin.copy.span }],
        fixes: fixesOf(script, unread.interpreter),
      });
    }
  },
});

/** A shell in front of it, and \`tini\`, read themselves what the kernel refuses (execvp(3)). */
function isStartedByKernel({ instruction, span, stage }: RunScript): boolean {
  const [first] = instruction.exec ?? [];
  if (!first || first.span.start !== span.start) return false;
  if (instruction.name !== "CMD") return true;
  return startedSettings(stage)[0]?.instruction === instruction;
}

function fixesOf(
  { origin, path, state, span, stage, instruction }: RunScript,
  meant: string | undefined,
): Fix[] {
  const interpreter = meant ?? (path.endsWith(".py") ? "python3" : path.endsWith(".bash") ? "bash" : "sh");
  const { file } = stage.model;
  const written = file.text.slice(span.start, span.end);
  if (
    state.hasTool(interpreter).is !== "yes" ||
    !written.startsWith('"') ||
    !file.text.slice(instruction.span.start, instruction.span.end).includes(written)
  )
    return [];
  // Byte order marks and the like stay, and the interpreter reads over them or not.
  if (origin.text.startsWith("\uFEFF")) return [];
  return [
    {
      kind: "unsafe",
      title: `Start it with ${interpreter}`,
      edits: [replace(span, `"${interpreter}", ${written}`)],
    },
  ];
}
