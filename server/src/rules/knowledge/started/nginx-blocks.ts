import { outerNginxBlocks } from "../../../syntax/gateway/nginx.ts";

/** What the main configuration holds, and no other: nginx takes the others into `http` (nginx.org, core functionality; read 2026-11). */
const OF_MAIN = new Set(["events", "http", "stream", "mail"]);

/**
 * Why nginx does not start with a configuration at this place, by its blocks: a whole one among those that are taken into
 * `http`, or a `server` alone in the place of the whole one. Undefined where it may start.
 */
export function misplacedNginxBlock(target: string, text: string): string | undefined {
  const blocks = outerNginxBlocks(text);
  if (!blocks || blocks.length === 0 || /[{]{2}|\{%/.test(text)) return undefined;
  if (target === NGINX_MAIN) {
    const [first] = blocks;
    return first && blocks.every((it) => !OF_MAIN.has(it.name))
      ? `nginx.conf needs events and http, and this begins with ${first.name}`
      : undefined;
  }
  if (!OF_SITES.test(target)) return undefined;
  const wrong = blocks.find((it) => it.name === "events" || it.name === "http");
  return wrong && `nginx takes the files of this folder into http, where no ${wrong.name} may stand`;
}

export const NGINX_MAIN = "/etc/nginx/nginx.conf";

const OF_SITES = /^\/etc\/nginx\/(?:conf\.d\/[^/]+\.conf|templates\/[^/]+\.conf\.template)$/;

/** Images that are started with the configuration that is meant here. */
export const NGINX_IMAGES = /^(?:nginx|nginxinc\/nginx-unprivileged|openresty\/openresty)$/;
