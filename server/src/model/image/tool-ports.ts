/**
 * Ports that images of tools expose in every release in use, and listen on unless their settings say otherwise; from their
 * Dockerfiles and documentation, most as generally known. Left out are those that open more ports by plugins or flags without naming them, e.g. Traefik.
 */
const exposed: readonly (readonly [image: RegExp, ports: string, tag?: RegExp])[] = [
  [/^grafana\/grafana(?:-oss|-enterprise)?$/, "3000"],
  [/^adminer$/, "8080", /^(?!.*fastcgi)/],
  [/^(?:phpmyadmin(?:\/phpmyadmin)?|wordpress|nextcloud|drupal|joomla|matomo)$/, "80", /^(?!.*(?:fpm|cli))/],
  [/^(?:phpmyadmin(?:\/phpmyadmin)?|wordpress|nextcloud|drupal|joomla|matomo)$/, "9000", /fpm/],
  [/^mongo-express$/, "8081"],
  [/^dpage\/pgadmin4$/, "80 443"],
  [/^jenkins\/jenkins$/, "8080 50000"],
  [/^sonarqube$/, "9000"],
  [/^(?:docker\.n8n\.io\/)?n8nio\/n8n$/, "5678"],
  [/^registry$/, "5000", /^(?:2|3|latest$)/],
  [/^metabase\/metabase$/, "3000"],
  [/^axllent\/mailpit$/, "1025 1110 8025"],
  [/^mailhog\/mailhog$/, "1025 8025"],
  [/^ghost$/, "2368"],
  [/^tomcat$/, "8080"],
  [/^(?:traefik|containous)\/whoami$/, "80"],
  [/^louislam\/uptime-kuma$/, "3001"],
  [/^nginxinc\/nginx-unprivileged$/, "8080"],
  [/^influxdb$/, "8086"],
];

/** The day when they were written down. */
export const TOOL_PORTS_DATE = "2026-11-27";

/** Undefined for images that the table does not have. */
export function portsOfTool(name: string, tag: string): readonly string[] | undefined {
  const ports = exposed.find(([image, , tags = /^/]) => image.test(name) && tags.test(tag))?.[1];
  return ports?.split(" ").map((it) => `${it}/tcp`);
}
