import type { Command } from "../../syntax/shell/script.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { PHP_EXTENSION_TOOLS, SWALLOWING, swallowedCall } from "../knowledge/commands/swallowed-call.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { commandRule } from "../rule.ts";

/** What ends with an error when the name of a program is among its operands. */
const FAILING: ReadonlySet<string> = new Set([
  ..."apt-get apt apk chmod chown".split(" "),
  ...PHP_EXTENSION_TOOLS,
]);

export const separatorMissing = commandRule({
  id: "separator-missing",
  title: "Command that the line above takes for arguments",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a continued line of a RUN that begins with the program of the command above it and goes on like a call of it
      (\`apt-get update \\\`, \`apt-get install …\`), or begins like a call of \`rm\`, \`mkdir\`, \`chmod\`, \`chown\`, \`php artisan\`,
      \`docker-php-ext-install\`, \`composer\` or another package manager, where no \`&&\` or \`;\` stands between them. It is an error where the build ends with it, else a warning.`,
    why: source`
      The lines of a RUN are joined to one before the shell reads them: a backslash continues a command, and separates nothing. The
      second command never runs; its words are packages, files or addresses for the first.`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt-get update \
          apt-get install -y --no-install-recommends curl
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ separator-missing: Without && in front of it, this is taken for arguments of the apt-get above.`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update \
          && apt-get install -y --no-install-recommends curl`,
  },
  programs: SWALLOWING,

  check({ program, command, script, run, stage }, report) {
    if (run.startLine === run.endLine || run.exec) return;
    const call = swallowedCall(program, command, stage.model.file);
    if (!call) return;
    const { name, last } = call;
    // Of others than itself only what installs makes packages.
    const isTaken =
      name.raw === program ||
      /^(?:chmod|chown)$/.test(program) ||
      installs(command) ||
      PHP_EXTENSION_TOOLS.includes(program);
    const ends = isTaken && FAILING.has(program) && failsRun(command, script, run, stage);
    const span = { start: name.span.start, end: last.span.end };
    report(span, `Without && in front of it, this is taken for arguments of the ${program} above.`, {
      severity: ends ? "error" : "warning",
      fixes: [{ kind: "unsafe", title: "Write && in front of it", edits: [insert(name.span.start, "&& ")] }],
    });
  },
});

function installs({ arguments: words }: Command): boolean {
  return words.some((it) => /^(?:install|add)$/.test(it.raw));
}
