import { startedCommand } from "../../model/stage/started/started-command.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type Fix, stageRule } from "../rule.ts";

export const nginxDirectiveSplit = stageRule({
  id: "nginx-directive-split",
  title: "Directive for nginx in two words",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`nginx -g daemon off;\` without quotes in shell form, and \`["nginx", "-g", "daemon", "off;"]\` in exec form.`,
    why: source`
      \`-g\` takes one word with a whole directive, semicolon included. So nginx says "invalid option: off", and the container ends.`,
    bad: source`
      FROM nginx:1.29-alpine
      CMD ["nginx", "-g", "daemon", "off;"]
                          ^^^^^^^^^^^^^^^^ nginx-directive-split: nginx takes daemon for the whole directive, and off for an option that it does not have.`,
    good: source`
      FROM nginx:1.29-alpine
      CMD ["nginx", "-g", "daemon off;"]`,
  },

  check(stage, report) {
    const started = stage.isFinal ? startedCommand(stage) : undefined;
    if (started?.program.text !== "nginx") return;
    const { words } = started;
    const at = words.findIndex((it) => it.text === "-g") + 1;
    const [directive, value] = words.slice(at, at + 2);
    if (at === 0 || !directive?.instruction || !value || directive.written === "elsewhere") return;
    // Tried with nginx 1.22, 2026-11-28. The commonest of all; another one may have its value in a word that a variable holds.
    if (directive.text !== "daemon" || !/^(?:on|off);?$/.test(value.text ?? "")) return;
    const name = value.text?.replace(";", "") ?? "";
    const whole = `daemon ${name};`;
    const span = { start: directive.span.start, end: value.span.end };
    const fix: Fix = {
      kind: "unsafe",
      title: "Make one word of it",
      edits: [replace(span, directive.written === "exec" ? JSON.stringify(whole) : `'${whole}'`)],
    };
    report(
      span,
      `nginx takes daemon for the whole directive, and ${name} for an option that it does not have.`,
      { fixes: [fix] },
    );
  },
});
