import { appendItem } from "../../model/compose/edit/append-item.ts";
import type { ComposeProject, Mount, Service } from "../../model/compose/project.ts";
import { isOfficial, serverOf } from "../../model/compose/servers/known-server.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const secretNotGranted = composeRule({
  id: "secret-not-granted",
  title: "Secret that the service is not given",
  severity: "warning",
  tags: ["run"],
  aliases: ["S82"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a variable such as \`POSTGRES_PASSWORD_FILE\` that points below /run/secrets to a secret which \`secrets\` of the
      service does not list. An error where the image is known to end without the file.`,
    why: source`
      Declaring a secret at the top puts it into no container. The file is not there, and the service has no password or does
      not start.`,
    bad: source`
      services:
        db:
          image: postgres:18
          environment:
            POSTGRES_PASSWORD_FILE: /run/secrets/db_password
                                    ^^^^^^^^^^^^^^^^^^^^^^^^ secret-not-granted: db is not given the secret db_password, so this file is not there.
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
    if (!project.complete) return;
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      if (!service.complete || !service.grantsComplete || service.mounts.some(mayHoldSecrets)) continue;
      for (const { name, value, inFile } of service.environment) {
        const secret = value && /^\/run\/secrets\/([^/]+)$/.exec(value.value)?.[1];
        if (!value?.known || inFile || !secret || !name.value.endsWith("_FILE") || isGiven(service, secret))
          continue;
        const declared = project.secrets.get(secret);
        const server = serverOf(service);
        const message = `${service.name.value} is not given the secret ${secret}, so this file is not there.`;
        once(value.spanOf(0, value.value.length), message, {
          severity: server?.secretFiles && isOfficial(server, service) ? "error" : "warning",
          related: declared
            ? [{ message: `The secret ${secret} is declared here.`, span: declared.name.span }]
            : [],
          fixes: declared ? grant(project, service, secret) : [],
        });
      }
    }
  },
});

function isGiven({ secrets, configs }: Service, secret: string): boolean {
  return [...secrets, ...configs].some(
    ({ target }) => target === undefined || target === secret || target === `/run/secrets/${secret}`,
  );
}

function mayHoldSecrets({ target }: Mount): boolean {
  return target.value.includes(HOLE) || /^\/(?:run(?:\/secrets(?:\/.*)?)?\/?)?$/.test(target.value);
}

function grant({ file }: ComposeProject, { node, name }: Service, secret: string): readonly Fix[] {
  const edits =
    node && /^[a-zA-Z][\w.-]*$/.test(secret) ? appendItem(file, node, "secrets", secret) : undefined;
  return edits ? [{ kind: "safe", title: `Give ${name.value} the secret ${secret}`, edits }] : [];
}
