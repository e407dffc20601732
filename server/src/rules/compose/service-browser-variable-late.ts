import { source } from "../../text/source.ts";
import { isForBrowserBuild, servesBuiltFiles } from "../knowledge/started/file-server.ts";
import { composeRule } from "../rule.ts";

export const serviceBrowserVariableLate = composeRule({
  id: "service-browser-variable-late",
  title: "Variable for the browser's build, set for a container that only serves",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports \`environment\` with \`VITE_…\`, \`REACT_APP_…\`, \`VUE_APP_…\` and the like for a service whose Dockerfile ends in a stage of nginx,
      Caddy or httpd that only serves what another stage has built. Silent for a service with mounts, a command or an entrypoint
      of its own.`,
    why: source`
      Vite and its like put these variables into the scripts that they write, when they write them. For the container they
      change nothing: the page calls the address of development, or none. Hand them over as \`build.args\`, with an ARG in the
      Dockerfile.`,
    context: {
      Dockerfile:
        "FROM node:24-alpine AS build\nWORKDIR /app\nCOPY . .\nARG VITE_API_URL\nRUN npm run build\nFROM nginx:1.30-alpine\nCOPY --from=build /app/dist /usr/share/nginx/html\n",
    },
    bad: source`
      services:
        web:
          build: .
          environment:
            VITE_API_URL: https://api.example.com
            ^^^^^^^^^^^^ service-browser-variable-late: VITE_API_URL is read when the project is built, and the container only serves the result.`,
    good: source`
      services:
        web:
          build:
            context: .
            args:
              VITE_API_URL: https://api.example.com`,
  },

  check(project, report) {
    for (const service of project.services.values()) {
      const { build, mounts, command, entrypoint, environment, complete } = service;
      if (!complete || !build?.stage || mounts.length > 0 || command || entrypoint) continue;
      const late = environment.filter((it) => !it.inFile && isForBrowserBuild(it.name.value));
      if (late.length === 0 || !servesBuiltFiles(build.stage)) continue;
      for (const { name } of late)
        report(
          name.span,
          `${name.value} is read when the project is built, and the container only serves the result.`,
        );
    }
  },
});
