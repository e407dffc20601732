import { test } from "vitest";
import { platformNotBuilt as rule } from "../../../../server/src/rules/compose/platform-not-built.ts";
import { fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("silent where it is built, pulled, or not known", () => {
  reportsInCompose(rule)`
    services:
      a: {platform: linux/amd64, build: {context: ., platforms: [linux/arm64, linux/amd64]}}
      b: {platform: linux/amd64, image: x}
      c: {platform: linux/amd64, build: .}
      d: {platform: "\${P}", build: {context: ., platforms: [linux/arm64]}}
      e: {platform: linux/amd64, build: {context: ., platforms: ["\${P}"]}}
  `;
});

test("fix: build for it too", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      api:
        platform: linux/amd64
        build:
          context: .
          platforms:
            - linux/arm64
    ->
    services:
      api:
        platform: linux/amd64
        build:
          context: .
          platforms:
            - linux/arm64
            - linux/amd64
  `;
});
