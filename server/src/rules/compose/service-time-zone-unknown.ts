import { meantTimeZone } from "../../model/environment/time-zones.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { entryPlace, reportEntry } from "../writing/compose/entry-place.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const serviceTimeZoneUnknown = composeRule({
  id: "service-time-zone-unknown",
  title: "Service with a time zone that does not exist",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports a value of \`TZ\` or \`PGTZ\` that names no time zone, where it is plain which was meant: a slip, small letters, or a large city that has no
      zone of its own (\`Asia/Beijing\`).`,
    why: source`
      Libraries look the name up, capitals included, find nothing and take UTC without a word. Logs and what is to run at an hour are
      wrong by the difference; PostgreSQL does not start.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          environment:
            TZ: Asia/Beijing
                ^^^^^^^^^^^^ service-time-zone-unknown: There is no time zone Asia/Beijing; Asia/Shanghai is the one of that place.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          environment:
            TZ: Asia/Shanghai`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      for (const entry of service.environment) {
        if (!/^(?:TZ|PGTZ)$/.test(entry.name.value) || !entry.value?.known) continue;
        const { value } = entry.value;
        const meant = meantTimeZone(value);
        const place = meant === undefined ? undefined : entryPlace(project, entry, 0, value.length);
        if (meant === undefined || !place) continue;
        reportEntry(once, place, `There is no time zone ${value}; ${meant} is the one of that place.`, {
          fixes: place.fix("safe", `Take ${meant}`, { start: 0, end: value.length, text: meant }),
        });
      }
    }
  },
});
