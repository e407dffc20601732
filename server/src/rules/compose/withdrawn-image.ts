import { notedOnService } from "../../model/compose/project.ts";
import { source } from "../../text/source.ts";
import { isNeverPulled } from "../knowledge/compose/pull-policy.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { withdrawn } from "../writing/images/withdrawn-image.ts";

export const withdrawnImage = composeRule({
  id: "withdrawn-image",
  title: "Image of a service that its registry no longer has",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports the image of a service that was taken from Docker Hub: \`minio/minio\` and \`minio/mc\` (2026-09), and Bitnami's
      images with the tag of a version (2025-09), which moved to \`bitnamilegacy\`. Not where the service is built, or its
      image never pulled.`,
    why: source`
      On a machine that has the image it still starts. On each new one, in CI and after a cleanup the pull fails with "pull
      access denied" or "manifest unknown". What stands elsewhere is as old as on that day: nobody repairs it.`,
    bad: source`
      services:
        store:
          image: minio/minio
                 ^^^^^^^^^^^ withdrawn-image: minio/minio has not been on Docker Hub since 2026-09; its last releases, which get no fixes, are at quay.io/minio/minio.
        cache:
          image: bitnami/redis:7.2
                 ^^^^^^^^^^^^^^^^^ withdrawn-image`,
    good: source`
      services:
        store:
          image: quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z
        cache:
          image: redis:8`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const { image, node } = mayBePulled(service) ? service : {};
      if (!image) continue;
      const written = project.file.text.slice(image.span.start, image.span.end);
      const found = written === image.value.text ? withdrawn(written, image.span) : undefined;
      if (found) once(image.span, found.message, { fixes: node?.viaAlias ? [] : found.fixes });
    }
  },
});

const mayBePulled = notedOnService(({ image, build, complete, node }): boolean => {
  if (!image || build || !complete || !/^(?:[\w.-]+\/)?(?:minio|bitnami)\//.test(image.value.text))
    return false;
  return !isNeverPulled({ node });
});
