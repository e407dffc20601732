import type { Service } from "../../model/compose/project.ts";
import { valueAt } from "../../syntax/compose/find.ts";
import { literally } from "../../text/literally.ts";
import { source } from "../../text/source.ts";
import { type GatewayFile, gatewayFilesOf } from "../knowledge/compose/gateway-files.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const nginxVariableUnset = composeRule({
  id: "nginx-variable-unset",
  title: "Configuration of nginx with a variable that nobody puts in",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports variables such as \`\${API_HOST}\` in what is mounted for nginx's official image: in a template of \`/etc/nginx/templates\` when the service does
      not set them, and in a configuration that is no template. Only names in capitals count, that the configuration does not set itself.`,
    why: source`
      The image's entrypoint puts variables of the container into files of \`/etc/nginx/templates\` that end with \`.template\`, and leaves a name that
      is not set as it stands. nginx takes it for a variable of its own then, knows none, and does not start.`,
    context: {
      "site.conf.template": "server {\n  listen 80;\n  location / { proxy_pass http://${API_HOST}; }\n}\n",
    },
    bad: source`
      services:
        web:
          image: nginx:1.30-alpine
          volumes:
            - ./site.conf.template:/etc/nginx/conf.d/site.conf
              ^^^^^^^^^^^^^^^^^^^^ nginx-variable-unset: nginx reads no variables of the container, so \${API_HOST} stays as it is: only templates in /etc/nginx/templates have them put in.`,
    good: source`
      services:
        web:
          image: nginx:1.30-alpine
          environment:
            API_HOST: api:8080
          volumes:
            - ./site.conf.template:/etc/nginx/templates/site.conf.template`,
  },

  check(project, report) {
    const once = reportOnce(report);
    const files = gatewayFilesOf(project);
    for (const file of files) {
      const { gateway, place } = file;
      if (!takesTemplates(gateway)) continue;
      const others = files.filter((it) => it.gateway === gateway).map((it) => it.text);
      const names = namesIn(file.text).filter((name) => !isMadeIn(others, name));
      if (names.length === 0) continue;
      const isTemplate = /^\/etc\/nginx\/templates(?:\/|$)/.test(file.target);
      const missing = isTemplate ? names.filter((it) => !isGiven(gateway, it)) : names;
      if (missing.length > 0 && (isTemplate || file.isAll)) once(place, message(file, missing, isTemplate));
    }
  },
});

function message({ gateway, path }: GatewayFile, names: readonly string[], isTemplate: boolean): string {
  const [first = "", ...more] = names;
  const which = more.length > 0 ? `\${${first}} and ${more.length} more` : `\${${first}}`;
  const stay = more.length > 0 ? "stay as they are" : "stays as it is";
  return isTemplate
    ? `${gateway.name.value} does not set ${names.slice(0, MOST_NAMES).join(", ")}, so ${path} keeps ${which} as it is, which nginx does not know.`
    : `nginx reads no variables of the container, so ${which} ${stay}: only templates in /etc/nginx/templates have them put in.`;
}

const MOST_NAMES = 5;

/**
 * Does the container start with the entrypoint of the official image, and nothing that may put variables in beside it
 * (nginx/docker-nginx, entrypoint/20-envsubst-on-templates.sh, read 2026-11-27)?
 */
function takesTemplates(service: Service): boolean {
  const { image, build, imageBuild, node, complete, environment, environmentComplete, mounts } = service;
  return (
    complete &&
    environmentComplete &&
    !build &&
    !imageBuild &&
    /^(?:nginx|nginxinc\/nginx-unprivileged)$/.test(image?.value.name ?? "") &&
    !valueAt(node, "command") &&
    !valueAt(node, "entrypoint") &&
    !environment.some((it) => it.name.value.startsWith("NGINX_ENVSUBST_")) &&
    mounts.every(
      (it) => it.target.known && !/^\/docker-entrypoint|\/(?:lua|perl|njs)(?:\/|$)/.test(it.target.value),
    )
  );
}

/** Names in capitals, as variables of containers have them and those of nginx do not. */
function namesIn(text: string): readonly string[] {
  if (/\b(?:content|access|rewrite|init|set)_by_lua|\bperl_set\b|\bjs_/.test(text)) return [];
  const code = text.replace(/^\s*#.*$|\s#.*$/gm, "");
  const names = [...code.matchAll(/\$\{([A-Z][A-Z0-9_]+)\}/g)].map((it) => it[1] ?? "");
  // Those that the entrypoint and the image set by themselves.
  return [...new Set(names)].filter(
    (it) => !/^(?:NGINX_|NJS_|PKG_|DYNPKG_|ACME_|HOSTNAME$|HOME$|PATH$|PWD$)/.test(it),
  );
}

/** `set $API …`, `map … $API {`, `(?<API>…)`. */
function isMadeIn(texts: readonly string[], name: string): boolean {
  const made = new RegExp(
    `set\\s+\\$${literally(name)}\\b|\\$${literally(name)}\\s*\\{|\\?P?<${literally(name)}>`,
  );
  return texts.some((it) => made.test(it));
}

function isGiven({ environment, imageFacts }: Service, name: string): boolean {
  return (
    environment.some((it) => it.name.value === name) || Object.hasOwn(imageFacts?.environment ?? {}, name)
  );
}
