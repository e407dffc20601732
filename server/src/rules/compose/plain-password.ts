import { tokenIn } from "../../../../client/src/shared/secrets.ts";
import { appendItem } from "../../model/compose/edit/append-item.ts";
import { declareResource } from "../../model/compose/edit/declare-resource.ts";
import type { ComposeProject, EnvironmentEntry, ResolvedText, Service } from "../../model/compose/project.ts";
import { isOfficial, serverOf } from "../../model/compose/servers/known-server.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { replace, type TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { secretsBeside } from "../knowledge/compose/secrets-beside.ts";
import { namesKey } from "../knowledge/secrets/secret-names.ts";
import { isPlainValue, isSwitch, looksLikeKey, passwordInUrl } from "../knowledge/secrets/secret-values.ts";
import { secretWritten } from "../knowledge/secrets/written-secrets.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { dotenvLine } from "../writing/environment/dotenv-line.ts";
import { addToEnvFile, keepEnvFileOut } from "../writing/environment/env-file.ts";

export const plainPassword = composeRule({
  id: "plain-password",
  title: "Password or key written in the Compose file",
  severity: "info",
  tags: ["security"],
  aliases: [],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports a secret in plain text in \`environment\` of a service: a variable whose name ends in \`PASSWORD\`, \`PASSWD\` or
      \`PASS\`, with a value that is no variable; one that ends in \`SECRET\`, \`TOKEN\`, \`API_KEY\` and the like, unless the value is plainly
      a stand-in; the password in an address or a connection string; and, under any name, private keys and the tokens of well-known
      services. Build arguments, commands, health checks, labels, options of logging and the address of a build are looked at too.
      Not of a database whose data lives in memory (\`tmpfs\`), as tests have it.`,
    why: source`
      The file goes into version control and to whoever runs the project, and the secret with it. A variable is taken from
      the shell or from an \`.env\` that is not checked in; a secret is not even seen by \`docker inspect\`.`,
    bad: source`
      services:
        db:
          image: postgres:18
          environment:
            POSTGRES_PASSWORD: s3cr3t
                               ^^^^^^ plain-password: The password in POSTGRES_PASSWORD is for everyone to read.`,
    good: source`
      services:
        db:
          image: postgres:18
          environment:
            POSTGRES_PASSWORD: \${POSTGRES_PASSWORD}`,
  },

  check(project, report) {
    const once = reportOnce(report);
    const { text } = project.file;
    for (const service of project.services.values()) {
      // What lives in memory is there for tests, and its password protects nothing.
      if (valueAt(service.node, "tmpfs") && serverOf(service)?.isDatabase) continue;
      for (const entry of service.environment) {
        const { value, inFile } = entry;
        if (!value?.value || inFile || !value.known) continue;
        const written = value.spanOf(0, value.value.length);
        const secret = secretOf(entry.name.value, value.value);
        const asWritten = text.slice(written.start, written.end);
        if (!secret || asWritten.includes("$")) continue;
        once(
          placeOf(text, entry, value, secret),
          `The ${secret.kind} in ${entry.name.value} is for everyone to read.`,
          {
            fixes: value.shared
              ? []
              : [
                  ...fromEnvFile(project, service, entry, written),
                  ...(secret.isWhole ? asSecret(project, service, entry, written) : []),
                ],
          },
        );
      }
      for (const entry of service.build?.args ?? []) {
        const { name, value } = entry;
        const secret = value?.known ? secretOf(name.value, value.value) : undefined;
        if (!value || !secret) continue;
        const span = value.spanOf(0, value.value.length);
        if (!text.slice(span.start, span.end).includes("$"))
          once(
            placeOf(text, entry, value, secret),
            `The ${secret.kind} in ${name.value} is for everyone to read.`,
            {
              fixes: [],
            },
          );
      }
      for (const { key, kind, span } of secretsBeside(service, text))
        once(span, `The ${kind} in ${key} is for everyone to read.`, { fixes: [] });
    }
  },
});

interface Secret {
  readonly kind: "password" | "key";
  /** Offsets in the value. */
  readonly start: number;
  readonly end: number;
  readonly isWhole: boolean;
}

/** The secret in a variable's value, by its name or by the value itself. */
function secretOf(name: string, value: string): Secret | undefined {
  const whole = { start: 0, end: value.length, isWhole: true };
  if (/(?:^|[_.-])(?:PASSWORD|PASSWD|PASS|password|passwd)$|(?:[a-z]|__)Password$/.test(name)) {
    // `yes` and the like switch something on.
    if (isSwitch(value) || /^\w*(?:ALLOW_EMPTY|RANDOM)/i.test(name)) return undefined;
    return { ...whole, kind: "password" };
  }
  // The user, a slash, the password (Neo4j's image, docker-entrypoint.sh); `none` turns it off.
  const [, ofNeo4j] = (name === "NEO4J_AUTH" && /^\w+\/(.+)$/.exec(value)) || [];
  if (ofNeo4j)
    return { start: value.length - ofNeo4j.length, end: value.length, kind: "password", isWhole: false };
  const token = tokenIn(value);
  if (token) return { ...token, kind: "key", isWhole: false };
  const address = passwordInUrl(value);
  if (address && !/example|change|dummy|placeholder/i.test(address.password)) {
    const start = value.lastIndexOf(address.password, address.end - address.host.length - 1);
    return { start, end: start + address.password.length, kind: "password", isWhole: false };
  }
  if (namesKey(name) && looksLikeKey(value) && !isPlainValue(name, value)) return { ...whole, kind: "key" };
  const written = secretWritten(value);
  return written && { ...written, isWhole: false };
}

/** A text of several lines is told at its name. */
function placeOf(text: string, { name }: EnvironmentEntry, value: ResolvedText, { start, end }: Span): Span {
  const span = value.spanOf(start, end);
  return text.slice(span.start, span.end).includes("\n") ? name.span : span;
}

/** Where it is written out, so that the edit is of nothing else. */
function isWritten({ file }: ComposeProject, { value }: EnvironmentEntry, span: Span): boolean {
  return file.text.slice(span.start, span.end) === value?.value;
}

/**
 * The value goes with the fix, so that all works as before. `others` is there even when nothing has to change elsewhere: fixes
 * of several services that share a value are one kind, made one after the other.
 */
function fromEnvFile(
  project: ComposeProject,
  service: Service,
  entry: EnvironmentEntry,
  span: Span,
): readonly Fix[] {
  const password = isWritten(project, entry, span) ? entry.value?.value : undefined;
  if (password === undefined) return [];
  const name = entry.name.value;
  const prefixed = `${service.name.value}_${name}`.toUpperCase().replaceAll(/\W/g, "_");
  for (const variable of [name, prefixed]) {
    const edits = [useVariable(project, service, entry, span, variable)];
    if (project.variables(variable) === password)
      return [{ kind: "unsafe", title: `Take ${name} from .env`, edits, others: [] }];
    if (!isFree(project, variable)) continue;
    const line = dotenvLine(variable, password);
    const change = line === undefined ? undefined : addToEnvFile(project, line);
    const out = change ? keepEnvFileOut(project) : [];
    const keptOut = out.length > 0 ? ", and keep that out of images" : "";
    return change
      ? [
          {
            kind: "unsafe",
            title: `Move ${name} of ${service.name.value} into .env${keptOut}`,
            edits,
            others: [change, ...out],
          },
        ]
      : [{ kind: "unsafe", title: `Take ${name} from the shell or .env`, edits }];
  }
  return [];
}

/** `.env` does not give it a value yet. That is read anew for each password, so it is only looked through. */
function isFree({ files }: ComposeProject, variable: string): boolean {
  if (!/^[A-Za-z_]\w*$/.test(variable)) return false;
  return !new RegExp(`^\\s*(?:export\\s+)?${variable}(?!\\w)`, "m").test(files.readFile(".env") ?? "");
}

function useVariable(
  project: ComposeProject,
  service: Service,
  entry: EnvironmentEntry,
  span: Span,
  variable: string,
): TextEdit {
  const written = `\${${variable}}`;
  const list = valueAt(service.node, "environment");
  const item = itemsOf(list).find((it) => it.span.start <= span.start && span.end <= it.span.end);
  const isPlain = item?.kind === "scalar" && item.style === "plain";
  // A plain text in brackets would end at the brace, so quotes go around the whole.
  if (isPlain && list?.kind === "sequence" && list.flow)
    return replace(item.span, JSON.stringify(`${entry.name.value}=${written}`));
  return replace(span, item || isQuoted(project, span) ? written : `"${written}"`);
}

function isQuoted({ file }: ComposeProject, { start }: Span): boolean {
  return /["']/.test(file.text[start - 1] ?? "");
}

/** Official database images read each of these from a file too (docker-library, MariaDB: file_env in docker-entrypoint.sh). */
function asSecret(
  project: ComposeProject,
  service: Service,
  entry: EnvironmentEntry,
  span: Span,
): readonly Fix[] {
  const server = serverOf(service);
  const { file, secrets } = project;
  const name = entry.name.value;
  const isName = file.text.slice(entry.name.span.start, entry.name.span.end) === name;
  if (!server?.secretFiles || !isOfficial(server, service) || !isWritten(project, entry, span) || !isName)
    return [];
  const secret = name.toLowerCase();
  if (!service.node || secrets.has(secret)) return [];
  const granted = appendItem(file, service.node, "secrets", secret);
  const declared = declareResource(file, "secrets", secret, [{ key: "file", value: `./${secret}.txt` }]);
  if (!granted || !declared) return [];
  return [
    {
      kind: "unsafe",
      title: `Read it from ./${secret}.txt as a secret`,
      edits: [
        replace(entry.name.span, `${name}_FILE`),
        replace(span, `/run/secrets/${secret}`),
        ...granted,
        ...declared,
      ],
      // The value has to be put there: fix-all takes the other way.
      others: [],
    },
  ];
}
