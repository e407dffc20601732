import { test } from "vitest";
import { serviceBrowserVariableLate as rule } from "../../../../server/src/rules/compose/service-browser-variable-late.ts";
import { reportsInCompose } from "../../../support/compose.ts";

const around = {
  dockerfiles: {
    "web/Dockerfile":
      "FROM node:24 AS build\nFROM nginx:alpine\nCOPY --from=build /dist /usr/share/nginx/html\n",
    "dev/Dockerfile": "FROM node:24\nCMD npm run dev\n",
  },
};

test("in both forms, and not where something may read it", () => {
  reportsInCompose(rule, around)`
    services:
      web:
        build: web
        environment:
          - VITE_API=http://localhost
            ^^^^^^^^ service-browser-variable-late: VITE_API is read when the project is built, and the container only serves the result.
          - TZ=Europe/Berlin
      dev: {build: dev, environment: {VITE_API: x}}
      stage: {build: {context: web, target: build}, environment: {VITE_API: x}}
      started: {build: web, environment: {VITE_API: x}, command: /start}
      mounted: {build: web, environment: {VITE_API: x}, volumes: ["./env.sh:/docker-entrypoint.d/env.sh"]}
      image: {image: "nginx:alpine", environment: {VITE_API: x}}
  `;
});
