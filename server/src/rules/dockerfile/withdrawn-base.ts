import { source } from "../../text/source.ts";
import { copySources } from "../knowledge/files/copy-sources.ts";
import { isNamedContext } from "../knowledge/stages/named-contexts.ts";
import { instructionRule } from "../rule.ts";
import { withdrawn } from "../writing/images/withdrawn-image.ts";

export const withdrawnBase = instructionRule({
  id: "withdrawn-base",
  title: "Image that its registry no longer has",
  severity: "warning",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports FROM, \`COPY --from\` and \`RUN --mount=from=\` of an image that was taken from Docker Hub: \`minio/minio\` and
      \`minio/mc\` (2026-09), and Bitnami's images with the tag of a version (2025-09), which moved to \`bitnamilegacy\`
      (\`bitnami/minideb\` did not).`,
    why: source`
      Where the image is still in the cache it builds. On each new machine, in CI and after a cleanup it fails with "pull
      access denied" or "not found". What stands elsewhere is as old as on that day: nobody repairs it.`,
    bad: source`
      FROM bitnami/node:20
           ^^^^^^^^^^^^^^^ withdrawn-base: bitnami/node:20 has not been on Docker Hub since 2025-09; its last releases, which get no fixes, are at bitnamilegacy/node.
      COPY --from=minio/mc /usr/bin/mc /usr/local/bin/
                  ^^^^^^^^ withdrawn-base`,
    good: source`
      FROM node:24
      COPY --from=quay.io/minio/mc:RELEASE.2025-08-13T08-35-41Z /usr/bin/mc /usr/local/bin/`,
  },

  instructions: ["FROM", "COPY", "RUN"],
  triggers: true,

  check(instruction, { base, model }, report) {
    const named =
      instruction.name === "FROM"
        ? base.kind === "image"
          ? [{ name: base.word.raw, span: base.word.span }]
          : []
        : copySources(instruction);
    for (const { name, span } of named) {
      if (!/\//.test(name) || name.includes("$") || isNamedContext(name, model) || model.findStage(name))
        continue;
      const found = withdrawn(name, span);
      if (found) report(span, found.message, { fixes: found.fixes });
    }
  },
});
