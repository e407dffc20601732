import type { ComposeProject } from "../../model/compose/project.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { ScalarNode } from "../../syntax/compose/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { startsWhatItIsGiven } from "../knowledge/started/given-command.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const commandInOneWord = composeRule({
  id: "command-in-one-word",
  title: "Command that a list turns into one word",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports a list in \`command\` or \`entrypoint\` whose first item is a program and its arguments in one: \`["npm run dev"]\`. In
      \`command\` it is reported only where the image certainly starts that as a program, and not where its entrypoint takes it as
      an argument, as \`sh -c\` does.`,
    why: source`
      Each item of a list is one word. The engine looks for a program whose name has blanks in it, does not find one, and the
      container ends with "executable file not found".`,
    bad: source`
      services:
        web:
          image: node:24
          command: ["npm run dev"]
                    ^^^^^^^^^^^^^ command-in-one-word: The engine looks for a program named "npm run dev": each item of a list is one word.`,
    good: source`
      services:
        web:
          image: node:24
          command: ["npm", "run", "dev"]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      for (const key of ["entrypoint", "command"] as const) {
        const list = valueAt(service.node, key);
        const [first] = list?.kind === "sequence" ? itemsOf(list) : [];
        if (first?.kind !== "scalar" || !isCommandLine(first.value)) continue;
        if (key === "command" && !startsWhatItIsGiven(service)) continue;
        once(
          first.span,
          `The engine looks for a program named ${JSON.stringify(first.value)}: each item of a list is one word.`,
          { fixes: inWords(project, first, list?.kind === "sequence" && list.flow) },
        );
      }
    }
  },
});

/** A program by its name or as a shell, and behind it something that is no part of a path with blanks in it. */
function isCommandLine(text: string): boolean {
  const [program = "", next = "", ...more] = text.split(/[ \t]+/);
  if (next === "" || /[\r\n$]/.test(text)) return false;
  if (/^(?:\/(?:usr\/)?bin\/)?(?:ba|da|a)?sh$/.test(program)) return true;
  if (/^[a-zA-Z][\w.-]*$/.test(program)) return true;
  // `/opt/My App/start` may be one path.
  return program.startsWith("/") && [next, ...more].some((it) => it.startsWith("-"));
}

function inWords({ file }: ComposeProject, scalar: ScalarNode, isFlow: boolean | undefined): readonly Fix[] {
  const words = scalar.value.trim().split(/[ \t]+/);
  if (!isFlow || scalar.viaAlias || !words.every((it) => /^[\w@%+=:,./-]+$/.test(it))) return [];
  const written = file.text.slice(scalar.span.start, scalar.span.end);
  const mark = /^["']/.exec(written)?.[0] ?? '"';
  const text = words.map((it) => `${mark}${it}${mark}`).join(", ");
  return [{ kind: "safe", title: "Make each word an item", edits: [replace(scalar.span, text)] }];
}
