import { notedOnService } from "../../model/compose/project.ts";
import { endOfLifeOf } from "../../model/image/end-of-life.ts";
import { source } from "../../text/source.ts";
import { isNeverPulled } from "../knowledge/compose/pull-policy.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { endedMessage, maintainedInstead } from "../writing/images/ended-image.ts";

export const endOfLifeImage = composeRule({
  id: "end-of-life-image",
  title: "Image of a service that gets no more fixes",
  severity: "warning",
  tags: ["security"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports the image of a service whose version is past its end of life: the database or language itself, the release of Debian,
      Ubuntu or Alpine below it, or an image that was given up (\`jboss/keycloak\`, \`grafana/promtail\`). Not where the service is
      built, its image never pulled, or a digest or a variable says which one it is.`,
    why: source`
      Nobody repairs security holes there any more, and they are published all the same. The images stay on the registry,
      so that nothing tells you when they are pulled. A newer version of a database does not read the files of an older one: its data
      have to be dumped and loaded, or upgraded by a program for it.`,
    bad: source`
      services:
        db:
          image: postgres:12-alpine
                 ^^^^^^^^^^^^^^^^^^ end-of-life-image: PostgreSQL 12 has had no security fixes since 2024-11-21.
        pages:
          image: php:7.4-apache
                 ^^^^^^^^^^^^^^ end-of-life-image: PHP 7.4 has had no security fixes since 2022-11-28.`,
    good: source`
      services:
        db:
          image: postgres:18-alpine
        pages:
          image: php:8.5-apache`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const { image, node } = isEnded(service) ? service : {};
      const ended = image && endOfLifeOf(image.value);
      if (!ended || project.file.text.slice(image.span.start, image.span.end) !== image.value.text) continue;
      const fixes = node?.viaAlias ? [] : maintainedInstead(image.value, image.span, ended, project.images);
      once(image.span, endedMessage(ended), { fixes });
    }
  },
});

const isEnded = notedOnService(({ image, imageBuild, complete, node }): boolean => {
  if (!image || imageBuild || !complete || image.value.digest !== undefined) return false;
  return !isNeverPulled({ node }) && endOfLifeOf(image.value) !== undefined;
});
