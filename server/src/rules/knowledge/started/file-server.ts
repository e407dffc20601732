import { imageNameBelow } from "../../../model/stage/base-image.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import { stagesDownFrom } from "../../../model/stage/stage-graph.ts";
import { says } from "../../../syntax/dockerfile/says.ts";

/**
 * Does an image do nothing but serve files that were built before: is it nginx, Caddy or httpd with its own start, and nothing in the file
 * that may read a variable or write the files again?
 */
export const servesBuiltFiles = notedOnStage((stage: Stage): boolean => {
  if (!SERVERS.test(imageNameBelow(stage)?.name ?? "")) return false;
  const { entrypoint, command } = stage.result;
  if (!entrypoint.known || entrypoint.value?.instruction || !command.known) return false;
  if (
    command.value?.instruction &&
    !/^(?:nginx|caddy|httpd|httpd-foreground)$/.test(command.value.words[0]?.raw ?? "")
  )
    return false;
  return [...stagesDownFrom(stage)].every(({ instructions }) =>
    instructions.every((it) => !/^(?:RUN|COPY|ADD|ONBUILD)$/.test(it.name) || !says(MAY_READ, it)),
  );
});

const SERVERS = /^(?:nginx|nginxinc\/nginx-unprivileged|caddy|httpd)$/;

/** Scripts that run when the container starts, templates that are filled in then, and Caddy's own, which may read the environment. */
const MAY_READ = /\.sh\b|envsubst|docker-entrypoint|templates?\b|Caddyfile|\benv\b|\bsed\b|config\.js/;

/** Is it a variable that tools for browsers put into what they build (vite.dev, create-react-app.dev, cli.vuejs.org; read 2026-11)? */
export function isForBrowserBuild(name: string): boolean {
  return /^(?:VITE|REACT_APP|VUE_APP|NEXT_PUBLIC|NUXT_PUBLIC|GATSBY|EXPO_PUBLIC)_\w+$/.test(name);
}
