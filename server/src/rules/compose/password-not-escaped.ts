import type { EnvironmentEntry } from "../../model/compose/project.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { type EntryPlace, entryPlace, reportEntry } from "../writing/compose/entry-place.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const passwordNotEscaped = composeRule({
  id: "password-not-escaped",
  title: "Password with a sign that ends the address",
  severity: "warning",
  tags: ["run"],
  aliases: ["S97"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports \`/\`, \`?\` and \`#\` in the password of an address of Redis or a broker (\`redis://\`, \`amqp://\`), and \`/\` in one of
      \`mongodb://\` or \`postgres://\`, also where a variable of \`.env\` brings the password. Nothing is said of \`@\` and \`%\`, nor of
      addresses as SQLAlchemy reads them, which differ from program to program.`,
    why: source`
      The sign ends the name of the server, so that what stands in front of it is taken for host and port: "invalid port", "Invalid URL".
      In an address it is written \`%2F\`, \`%3F\` or \`%23\`; where the server is told its password it stays as it is.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          environment:
            REDIS_URL: redis://:ab/cd@cache:6379/0
                                ^^^^^ password-not-escaped: / ends the name of the server here: in a password it is written %2F.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          environment:
            REDIS_URL: redis://:ab%2Fcd@cache:6379/0`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      for (const entry of service.environment) {
        const found = signInPassword(entry);
        const place = found && entryPlace(project, entry, found.start, found.end);
        if (!found || !place) continue;
        const { sign } = found;
        const written = encodeURIComponent(sign);
        const message = `${sign} ends the name of the server here: in a password it is written ${written}.`;
        reportEntry(once, place, message, { fixes: escaped(found, place) });
      }
    }
  },
});

interface Found {
  readonly sign: string;
  readonly password: string;
  /** Offsets of the password in the value. */
  readonly start: number;
  readonly end: number;
}

const SIGNS: Readonly<Record<string, RegExp>> = {
  redis: /[/?#]/,
  rediss: /[/?#]/,
  amqp: /[/?#]/,
  amqps: /[/?#]/,
  // libpq and PyMongo look for the `@` in front of the first `/`, whatever else there is.
  mongodb: /\//,
  postgres: /\//,
};

/** Behind the colon no port may be meant, which `/` and the like end rightly. */
const ADDRESS =
  /^([a-z]+):\/\/([^\s:@/?#]*):(?!\d{1,5}(?:[,/?#]|$))([^\s@]{1,200})@[\w-][\w.-]*(?::\d+)?(?:[/?]|$)/;

/** With an `@` in the password too: behind a path nothing else is written like the name of a server with its port. */
const WITH_AT =
  /^([a-z]+):\/\/([^\s:@/?#]*):([^\s/?#]{0,100}@[^\s?#]{1,200})@[\w-][\w.-]*:\d+(?:\/[^\s@]*)?$/;

function signInPassword({ value }: EnvironmentEntry): Found | undefined {
  if (!value?.value.includes("://")) return undefined;
  const match = WITH_AT.exec(value.value) ?? ADDRESS.exec(value.value);
  const [, scheme = "", user = "", password = ""] = match ?? [];
  const sign = Object.hasOwn(SIGNS, scheme) ? SIGNS[scheme]?.exec(password)?.[0] : undefined;
  if (sign === undefined) return undefined;
  const start = scheme.length + 3 + user.length + 1;
  return { sign, password, start, end: start + password.length };
}

/** A password of which a part is escaped is left to who wrote it. */
function escaped({ password, start, end }: Found, place: EntryPlace): readonly Fix[] {
  if (!/^[\w.~!*'()+=,;:&/?#@-]+$/.test(password)) return [];
  const text = encodeURIComponent(password);
  return place.fix("unsafe", "Escape the password", { start, end, text });
}
