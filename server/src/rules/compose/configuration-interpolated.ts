import { entriesOf, valueAt } from "../../syntax/compose/find.ts";
import { parseTemplate, type TemplatePart } from "../../syntax/compose/interpolate.ts";
import { spanInside } from "../../syntax/compose/scalar-span.ts";
import { source } from "../../text/source.ts";
import { setInEnvFile } from "../knowledge/compose/set-in-env-file.ts";
import { assigns } from "../knowledge/shell/script-assignments.ts";
import { composeRule } from "../rule.ts";
import { doubled } from "../writing/compose/doubled-dollars.ts";

export const configurationInterpolated = composeRule({
  id: "configuration-interpolated",
  title: "Variable of a configuration that Compose reads first",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports variables with one dollar in \`content\` of \`configs\` that belong to what reads the configuration: those of nginx such as \`$host\` and
      \`$remote_addr\`, \`$labels\` and \`$value\` of Prometheus, and those that a shell script sets itself.`,
    why: source`
      Compose puts its own variables into the content before the container is made. There is none of that name, so nothing is left
      of it: \`proxy_set_header Host $host\` becomes an error of nginx. Two dollars stand for one that is to be kept.`,
    bad: source`
      services:
        web:
          image: nginx:1.30
          configs:
            - source: site
              target: /etc/nginx/conf.d/default.conf
      configs:
        site:
          content: |
            server {
              listen 80;
              location / {
                try_files $uri /index.html;
                          ^^^^ configuration-interpolated: Compose takes $uri for a variable of its own, and leaves nothing of it.
              }
            }`,
    good: source`
      services:
        web:
          image: nginx:1.30
          configs:
            - source: site
              target: /etc/nginx/conf.d/default.conf
      configs:
        site:
          content: |
            server {
              listen 80;
              location / {
                try_files $$uri /index.html;
              }
            }`,
  },

  check(project, report) {
    const { file } = project;
    const isSet = setInEnvFile(project);
    for (const { value } of entriesOf(valueAt(file.root, "configs"))) {
      const content = valueAt(value, "content");
      if (content?.kind !== "scalar" || !content.value.includes("$")) continue;
      const isOwn = ownVariables(content.value);
      if (!isOwn) continue;
      const taken = parseTemplate(content.value).flatMap((it) => variableIn(it) ?? []);
      const own = taken.filter((it) => !isSet(it.name) && isOwn(it.name));
      const [first] = own;
      if (!first) continue;
      const starts = own.map((it) => it.span.start);
      const title = "Double the dollars of its variables";
      report(
        spanInside(file.text, content, first.span.start, first.span.end),
        `Compose takes $${first.name} for a variable of its own, and leaves nothing of it.`,
        { fixes: content.viaAlias ? [] : doubled(file.text, content, starts, title) },
      );
    }
  },
});

/** Whoever writes a default means Compose's variable. */
function variableIn(part: TemplatePart): Extract<TemplatePart, { kind: "variable" }> | undefined {
  return part.kind === "variable" && part.operator === undefined ? part : undefined;
}

/** Which names are variables of what reads a text; undefined where the text is of no kind that is known. */
function ownVariables(text: string): ((name: string) => boolean) | undefined {
  if (/^#!.*sh\b/.test(text)) return (name) => assigns(text, name);
  if (/(?:^|[\s;{}])(?:server|location|upstream|http)\b[^;{}]{0,200}\{/.test(text)) {
    const made = new Set([...text.matchAll(/\b(?:set|map\s+\S+|geo)\s+\$(\w+)/g)].map((it) => it[1]));
    return (name) => NGINX.test(name) || made.has(name);
  }
  if (text.includes("{{")) return (name) => name === "labels" || name === "value";
  return undefined;
}

/** Variables of nginx (nginx.org, "Alphabetical index of variables", read 2026-11). */
const NGINX =
  /^(?:host|hostname|uri|request_uri|document_uri|document_root|realpath_root|args|is_args|query_string|scheme|remote_(?:addr|port|user)|server_(?:name|port|addr|protocol)|request(?:_method|_filename|_body|_id|_length|_time)?|binary_remote_addr|body_bytes_sent|bytes_sent|content_(?:type|length)|proxy_(?:host|port|add_x_forwarded_for)|upstream_\w+|http_\w+|sent_http_\w+|cookie_\w+|arg_\w+|ssl_\w+|connection(?:_upgrade)?|fastcgi_(?:script_name|path_info)|status|time_(?:local|iso8601)|msec|nginx_version|limit_rate|invalid_referer|https)$/;
