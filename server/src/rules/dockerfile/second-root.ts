import { source } from "../../text/source.ts";
import { commandRule } from "../rule.ts";

export const secondRoot = commandRule({
  id: "second-root",
  title: "User who is root by another name",
  severity: "warning",
  tags: ["security"],
  aliases: ["DKL-LI-0002"],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`useradd\`, \`adduser\` and \`usermod\` that give the id 0 to a user besides root (\`--non-unique --uid 0\`).`,
    why: source`
      The kernel knows users by their number only, so this one may do all that root may. USER with that name looks as if the
      container ran as somebody else.`,
    bad: source`
      FROM debian:trixie-slim
      RUN useradd --non-unique --uid 0 service
                                     ^ second-root: 0 is the id of root, so service has all rights of root.
      USER service`,
    good: source`
      FROM debian:trixie-slim
      RUN useradd --uid 10001 service
      USER service`,
  },
  programs: ["useradd", "adduser", "usermod"],

  check({ command: { arguments: words } }, report) {
    const at = words.findIndex((it) => /^(-[a-zA-Z]*u|--uid)$/.test(it.raw));
    const joined = words.find((it) => /^--uid=0$/.test(it.raw));
    const id = joined ?? (at >= 0 && words[at + 1]?.literal === "0" ? words[at + 1] : undefined);
    const shares = words.some((it) => /^(-[a-zA-Z]*o[a-zA-Z]*|--non-unique)$/.test(it.raw));
    const name = words.at(-1)?.literal;
    if (!id || !shares || name === undefined || name === "root" || !/^[a-z_][\w-]*$/i.test(name)) return;
    report(id.span, `0 is the id of root, so ${name} has all rights of root.`);
  },
});
