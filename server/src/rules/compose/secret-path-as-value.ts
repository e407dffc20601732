import { source } from "../../text/source.ts";
import { imageVariablesOf } from "../knowledge/compose/image-variables.ts";
import { composeRule } from "../rule.ts";
import { replaceName } from "../writing/compose/replace-name.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const secretPathAsValue = composeRule({
  id: "secret-path-as-value",
  title: "Path of a secret where its value is read",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a variable such as \`POSTGRES_PASSWORD\` with a path below /run/secrets as its value, given to an image that reads
      files by another variable, which ends in \`_FILE\` (\`__FILE\` for Grafana).`,
    why: source`
      The image does not look into the file: the path itself becomes the password, everybody who reads the Compose file knows it,
      and clients that do read the secret are refused.`,
    bad: source`
      services:
        db:
          image: postgres:18
          environment:
            POSTGRES_PASSWORD: /run/secrets/db_password
                               ^^^^^^^^^^^^^^^^^^^^^^^^ secret-path-as-value: PostgreSQL takes this path for the value itself: files are read by POSTGRES_PASSWORD_FILE.
          secrets: [db_password]
      secrets:
        db_password:
          file: ./db_password.txt`,
    good: source`
      services:
        db:
          image: postgres:18
          environment:
            POSTGRES_PASSWORD_FILE: /run/secrets/db_password
          secrets: [db_password]
      secrets:
        db_password:
          file: ./db_password.txt`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const known = imageVariablesOf(service);
      if (!known?.fileEnding) continue;
      for (const { name, value, inFile } of service.environment) {
        if (inFile || !value?.known || !/^\/run\/secrets\/[^/]+$/.test(value.value)) continue;
        if (!known.reads.includes(name.value)) continue;
        const right = known.unfiled?.includes(name.value) ? undefined : name.value + known.fileEnding;
        const how = right === undefined ? "it reads this one from no file" : `files are read by ${right}`;
        once(
          value.spanOf(0, value.value.length),
          `${known.title} takes this path for the value itself: ${how}.`,
          {
            fixes:
              value.shared || right === undefined ? [] : replaceName(project.file, name, right, "unsafe"),
          },
        );
      }
    }
  },
});
