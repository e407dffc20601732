import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { contentSpan } from "../../syntax/compose/scalar-span.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const colonInList = composeRule({
  id: "colon-in-list",
  title: "Variable of a list written with a colon",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports an entry such as \`- NAME:value\` in a list of \`environment\` or of build arguments.`,
    why: source`
      In a list the sign between name and value is \`=\`. Without one the whole entry is the name of a variable that is to be
      taken from the shell: there is none called so, and the container is given nothing.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          environment:
            - NODE_ENV:production
              ^^^^^^^^^^^^^^^^^^^ colon-in-list: Without = all of it is a name, so NODE_ENV is not set.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          environment:
            - NODE_ENV=production`,
  },

  check(project, report) {
    const once = reportOnce(report);
    const { text } = project.file;
    for (const { node } of project.services.values()) {
      for (const list of [valueAt(node, "environment"), valueAt(valueAt(node, "build"), "args")]) {
        for (const item of itemsOf(list)) {
          if (item.kind !== "scalar") continue;
          const match = /^([A-Za-z_]\w*):(?=[^\s:=])[^=]*$/.exec(item.value);
          const content = contentSpan(text, item);
          if (!match || !content) continue;
          const [, name = ""] = match;
          const colon = content.start + name.length;
          once(content, `Without = all of it is a name, so ${name} is not set.`, {
            fixes: item.viaAlias
              ? []
              : [
                  {
                    kind: "safe",
                    title: "Replace the colon with =",
                    edits: [replace({ start: colon, end: colon + 1 }, "=")],
                  },
                ],
          });
        }
      }
    }
  },
});
