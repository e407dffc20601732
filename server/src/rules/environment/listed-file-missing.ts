import { source } from "../../text/source.ts";
import { environmentRule } from "../rule.ts";

export const listedFileMissing = environmentRule({
  id: "listed-file-missing",
  title: "Compose file that COMPOSE_FILE names and that is not there",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a path in \`COMPOSE_FILE\` of an \`.env\` at which there is nothing, or a folder. A file that is not there is a warning,
      since it may be made before Compose is started.`,
    why: source`
      Compose then starts nothing, whatever it is asked for: "no such file or directory".`,
    context: { "compose.yaml": "services:\n  api:\n    image: example/api:1.4\n" },
    bad: source`
      COMPOSE_FILE=compose.yaml:compose.local.yaml
                                ^^^^^^^^^^^^^^^^^^ listed-file-missing: There is no file compose.local.yaml, and Compose starts nothing without it.`,
    good: source`
      COMPOSE_FILE=compose.yaml`,
  },

  check({ composeFiles }, report) {
    for (const { path, span, kind } of composeFiles) {
      if (kind === "absent")
        report(span, `There is no file ${path}, and Compose starts nothing without it.`, {
          severity: "warning",
        });
      if (kind === "directory") report(span, `${path} is a folder; Compose wants a file.`);
    }
  },
});
