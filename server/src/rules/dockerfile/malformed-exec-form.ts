import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { intendedExecForm } from "../knowledge/started/intended-exec-form.ts";
import { type Fix, instructionRule } from "../rule.ts";
import { execForm } from "../writing/commands/exec-form.ts";

export const malformedExecForm = instructionRule({
  id: "malformed-exec-form",
  title: "Looks like exec form and is none",
  severity: "warning",
  tags: ["run", "build"],
  aliases: ["S7030", "invalid-json-form", "JSONArgsRecommended", "DL3025"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports what is plainly meant as exec form but is no JSON array of strings: single quotes, no quotes, a comma too
      many or too few, a bracket that is missing, something behind the bracket.`,
    why: source`
      BuildKit takes it for shell form without a word. The shell then looks for a program named \`[node\`, and the
      container ends at once; VOLUME makes a directory of that name, COPY looks for a file.`,
    bad: source`
      FROM node:24-alpine
      CMD ['node', 'server.js']
          ^^^^^^^^^^^^^^^^^^^^^ malformed-exec-form: This is no exec form, and is taken as it stands: only double quotes make strings.`,
    good: source`
      FROM node:24-alpine
      CMD ["node", "server.js"]`,
  },

  instructions: ["ADD", "CMD", "COPY", "ENTRYPOINT", "HEALTHCHECK", "RUN", "VOLUME"],
  triggers: true,

  check(outer, { model }, report) {
    const instruction = outer.name === "HEALTHCHECK" ? outer.inner : outer;
    if (!instruction || instruction.exec || !instruction.rest.text.startsWith("[")) return;
    const { rest } = instruction;
    const intended = intendedExecForm(rest.text, instruction.name);
    if (!intended) return;
    const span = rest.spanOf(0, rest.text.length);
    const { words, mistake } = intended;
    const isOneLine = !/[\r\n]/.test(model.file.text.slice(span.start, span.end));
    const fixes: Fix[] =
      words && isOneLine
        ? [{ kind: "safe", title: "Write it as JSON", edits: [replace(span, execForm(words))] }]
        : [];
    // Other linters see a command in shell form.
    const isCommand = instruction.name === "CMD" || instruction.name === "ENTRYPOINT";
    report(span, `This is no exec form, and is taken as it stands: ${mistake}.`, {
      fixes,
      ...(isCommand && outer === instruction ? {} : { aliases: ["S7030", "invalid-json-form"] }),
    });
  },
});
