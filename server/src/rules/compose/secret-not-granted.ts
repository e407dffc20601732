import { appendItem } from "../../model/compose/edit/append-item.ts";
import type { ComposeProject, Mount, ResolvedText, Service } from "../../model/compose/project.ts";
import { isOfficial, serverOf } from "../../model/compose/servers/known-server.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix, type Report } from "../rule.ts";
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
      service does not list, and a command or health check that reads a declared one there, unless it asks first whether the file is there. An
      error where the image is known to end without the file.`,
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
      const server = serverOf(service);
      for (const { name, value, inFile } of service.environment) {
        const secret = value && /^\/run\/secrets\/([^/]+)$/.exec(value.value)?.[1];
        if (!value?.known || inFile || !secret || isGiven(service, secret)) continue;
        // A variable of another name may be for what is there only at times; a server knows its own names.
        if (!name.value.endsWith("_FILE") && (server || !project.secrets.has(secret))) continue;
        reportFile(project, service, { value, secret, start: 0, end: value.value.length }, once);
      }
      for (const it of filesRead(service))
        if (project.secrets.has(it.secret) && !isGiven(service, it.secret))
          reportFile(project, service, it, once);
    }
  },
});

interface SecretFile {
  readonly secret: string;
  /** The text that names the file, and where in it. */
  readonly value: ResolvedText;
  readonly start: number;
  readonly end: number;
}

function reportFile(
  project: ComposeProject,
  service: Service,
  { secret, value, start, end }: SecretFile,
  report: Report,
): void {
  const declared = project.secrets.get(secret);
  const server = serverOf(service);
  const message = `${service.name.value} is not given the secret ${secret}, so this file is not there.`;
  report(value.spanOf(start, end), message, {
    severity: server?.secretFiles && isOfficial(server, service) ? "error" : "warning",
    related: declared
      ? [{ message: `The secret ${secret} is declared here.`, span: declared.name.span }]
      : [],
    fixes: declared ? grant(project, service, secret) : [],
  });
}

/** What is read below /run/secrets by what the service runs; not where a shell is told what to do without it. */
function filesRead({ entrypoint, command, healthcheck }: Service): readonly SecretFile[] {
  const texts = [entrypoint, command, healthcheck].flatMap((it) => it?.texts ?? []);
  return texts.flatMap((value) => {
    if (/\s-[efrs]\s+["']?\/run\/secrets\/|\|\||2>\s*\/dev\/null/.test(value.value)) return [];
    return [...value.value.matchAll(/\/run\/secrets\/(\w[\w-]*)(?![\w./*-])/g)].flatMap(
      ({ 0: path, 1: secret, index }) =>
        secret === undefined ? [] : [{ secret, value, start: index, end: index + path.length }],
    );
  });
}

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
