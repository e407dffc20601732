/**
 * Ports that images of tools expose in every release in use, and listen on unless their settings say otherwise: EXPOSE of the
 * Dockerfiles in the projects' repositories, read 2026-11-27; of phpMyAdmin, Drupal, Joomla, Matomo and Nextcloud that of the image of
 * PHP that they stand on, and of `registry` that of distribution/distribution. Left out are those that open more ports by plugins or
 * flags without naming them, e.g. Traefik.
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
  // Of 3 it is 8181, and `latest` moves from one to the other.
  [/^influxdb$/, "8086", /^[12](?:[.-]|$)/],
  [/^influxdb$/, "8181", /^3/],
  [/^portainer\/portainer-(?:ce|ee)$/, "8000 9000 9443"],
  [/^quay\.io\/keycloak\/keycloak$/, "8080 8443 9000"],
  // Releases up to 1.30 have a second one for their websockets.
  [/^vaultwarden\/server$/, "80 3012"],
  [/^gitea\/gitea$/, "22 3000", /^(?!.*rootless)/],
  [/^getmeili\/meilisearch$/, "7700"],
  [/^qdrant\/qdrant$/, "6333 6334"],
  [/^ollama\/ollama$/, "11434"],
  [/^ghcr\.io\/open-webui\/open-webui$/, "8080"],
  // Those for Cloud Run and Lambda are told by a variable.
  [/^gotenberg\/gotenberg$/, "3000", /^(?!.*(?:cloudrun|lambda|aws))/],
  [/^apache\/tika$/, "9998"],
  [/^(?:darthsim\/imgproxy|ghcr\.io\/imgproxy\/imgproxy)$/, "8080"],
  [/^searxng\/searxng$/, "8080"],
  [/^(?:ghcr\.io\/)?flaresolverr\/flaresolverr$/, "8191 8192"],
  [/^(?:rediscommander|ghcr\.io\/joeferner)\/redis-commander$/, "8081"],
  [/^provectuslabs\/kafka-ui$/, "8080"],
];

/** The day when they were written down. */
export const TOOL_PORTS_DATE = "2026-11-27";

/** Undefined for images that the table does not have. */
export function portsOfTool(name: string, tag: string): readonly string[] | undefined {
  const ports = exposed.find(([image, , tags = /^/]) => image.test(name) && tags.test(tag))?.[1];
  return ports?.split(" ").map((it) => `${it}/tcp`);
}
