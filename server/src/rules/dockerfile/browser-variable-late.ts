import { source } from "../../text/source.ts";
import { isForBrowserBuild, servesBuiltFiles } from "../knowledge/started/file-server.ts";
import { stageRule } from "../rule.ts";

export const browserVariableLate = stageRule({
  id: "browser-variable-late",
  title: "Variable for the browser's build, set where nothing is built",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports ENV of \`VITE_…\`, \`REACT_APP_…\`, \`VUE_APP_…\` and the like in a final stage of nginx, Caddy or httpd that only serves what
      another stage has built. Silent where a script, a template or a configuration of Caddy may read the environment.`,
    why: source`
      Vite and its like put these variables into the scripts that they write, when they write them. Set afterwards they change
      nothing: the page calls the address of development, or none. Declare an ARG where it is built, or read the
      settings from a file that the server hands out.`,
    bad: source`
      FROM node:24-alpine AS build
      WORKDIR /app
      COPY . .
      RUN npm ci && npm run build
      FROM nginx:1.30-alpine
      ENV VITE_API_URL=https://api.example.com
          ^^^^^^^^^^^^ browser-variable-late: VITE_API_URL is read when the project is built, and this stage only serves the result.
      COPY --from=build /app/dist /usr/share/nginx/html`,
    good: source`
      FROM node:24-alpine AS build
      WORKDIR /app
      COPY . .
      ARG VITE_API_URL=https://api.example.com
      RUN npm ci && npm run build
      FROM nginx:1.30-alpine
      COPY --from=build /app/dist /usr/share/nginx/html`,
    context: {
      "package.json": '{ "scripts": { "build": "vite build" } }',
      "package-lock.json": "{}",
      "vite.config.js": "export default {};\n",
    },
  },

  check(stage, report) {
    if (!stage.isFinal || !servesBuiltFiles(stage)) return;
    for (const env of stage.instructions)
      if (env.name === "ENV")
        for (const { name } of env.pairs)
          if (isForBrowserBuild(name.raw))
            report(
              name.span,
              `${name.raw} is read when the project is built, and this stage only serves the result.`,
            );
  },
});
