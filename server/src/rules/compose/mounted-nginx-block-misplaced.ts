import type { Service } from "../../model/compose/project.ts";
import { isWithin } from "../../model/stage/paths.ts";
import { valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { gatewayFilesOf } from "../knowledge/compose/gateway-files.ts";
import { misplacedNginxBlock, NGINX_IMAGES, NGINX_MAIN } from "../knowledge/started/nginx-blocks.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const mountedNginxBlockMisplaced = composeRule({
  id: "mounted-nginx-block-misplaced",
  title: "Configuration of nginx mounted at the place of another kind",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a mounted configuration with \`events\` or \`http\` in \`/etc/nginx/conf.d\`, and one without them at
      \`/etc/nginx/nginx.conf\`, of a service with an image of nginx and no command of its own.`,
    why: source`
      The image's own nginx.conf takes each file of \`conf.d\` into its \`http\` block: there nginx ends with "events directive is not
      allowed here". In the place of nginx.conf itself a \`server\` is not allowed, and \`events\` is missing.`,
    context: { "nginx.conf": "events {}\nhttp {\n  server { listen 80; }\n}\n" },
    bad: source`
      services:
        web:
          image: nginx:1.30-alpine
          volumes:
            - ./nginx.conf:/etc/nginx/conf.d/default.conf:ro
              ^^^^^^^^^^^^ mounted-nginx-block-misplaced: nginx takes the files of this folder into http, where no events may stand.`,
    good: source`
      services:
        web:
          image: nginx:1.30-alpine
          volumes:
            - ./nginx.conf:/etc/nginx/nginx.conf:ro`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { gateway, target, text, place } of gatewayFilesOf(project)) {
      if (!startsImage(gateway) || (target !== NGINX_MAIN && mayHideMain(gateway))) continue;
      const why = misplacedNginxBlock(target, text);
      if (why) once(place, `${why}.`);
    }
  },
});

/** With the configuration that the image names. */
function startsImage({ image, build, node, complete }: Service): boolean {
  return (
    complete &&
    !build &&
    NGINX_IMAGES.test(image?.value.name ?? "") &&
    !valueAt(node, "command") &&
    !valueAt(node, "entrypoint")
  );
}

/** Another main configuration may take other files in. */
function mayHideMain({ mounts, configs, grantsComplete }: Service): boolean {
  return (
    !grantsComplete ||
    mounts.some((it) => !it.target.known || isWithin(NGINX_MAIN, it.target.value)) ||
    configs.some((it) => it.target === undefined || it.target === NGINX_MAIN)
  );
}
