import { meantTimeZone } from "../../model/environment/time-zones.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { instructionRule } from "../rule.ts";

export const timeZoneUnknown = instructionRule({
  id: "time-zone-unknown",
  title: "Time zone that does not exist",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  instructions: ["ENV"],
  docs: {
    what: source`
      Reports a value of \`TZ\` that names no time zone, where it is plain which was meant: a slip, small letters, or a large city that has no zone of
      its own (\`Asia/Beijing\`).`,
    why: source`
      Libraries look the name up, capitals included, find nothing and take UTC without a word. Logs and what is to run at an hour are
      wrong by the difference.`,
    bad: source`
      FROM debian:trixie-slim
      ENV TZ=Asia/Beijing
             ^^^^^^^^^^^^ time-zone-unknown: There is no time zone Asia/Beijing; Asia/Shanghai is the one of that place.`,
    good: source`
      FROM debian:trixie-slim
      ENV TZ=Asia/Shanghai`,
  },

  check(instruction, _stage, report) {
    for (const { name, value } of instruction.pairs) {
      if (name.raw !== "TZ" || !value) continue;
      const [, quote = "", zone = ""] = /^(["']?)([\w/+-]+)\1$/.exec(value.raw) ?? [];
      const meant = zone === "" ? undefined : meantTimeZone(zone);
      if (meant === undefined) continue;
      const start = value.span.start + quote.length;
      const span = { start, end: start + zone.length };
      const isWritten = value.span.end - value.span.start === value.raw.length;
      report(
        isWritten ? span : value.span,
        `There is no time zone ${zone}; ${meant} is the one of that place.`,
        {
          fixes: isWritten ? [{ kind: "safe", title: `Take ${meant}`, edits: [replace(span, meant)] }] : [],
        },
      );
    }
  },
});
