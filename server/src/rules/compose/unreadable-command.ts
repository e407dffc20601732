import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const unreadableCommand = composeRule({
  id: "unreadable-command",
  title: "Command that Compose cannot take apart",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports a \`command\` or \`entrypoint\` written as a text with a quote that is not closed, or a parenthesis outside of quotes.`,
    why: source`
      Compose refuses the whole file: "invalid command line string". It takes the text apart itself, without a shell; as a list nothing has to be taken apart.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          command: echo it's ready
                   ^^^^^^^^^^^^^^^ unreadable-command: A quote is not closed, or a parenthesis stands outside of quotes.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          command: ["echo", "it's ready"]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { command, entrypoint } of project.services.values())
      for (const it of [command, entrypoint]) {
        if (it?.form !== "string" || it.words !== undefined || !it.text?.known) continue;
        once(it.text.span, "A quote is not closed, or a parenthesis stands outside of quotes.");
      }
  },
});
