import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { commandRule } from "../rule.ts";

/** Package managers, with the verbs that a call of one begins with: a package may be called as its manager is. */
const VERBS: Readonly<Record<string, RegExp>> = {
  ...byVerb("apt-get apt", /^(update|upgrade|dist-upgrade|install|remove|purge|autoremove|clean|autoclean)$/),
  ...byVerb("yum dnf microdnf", /^(install|update|upgrade|remove|clean|autoremove|makecache)$/),
  ...byVerb("apk", /^(add|del|update|upgrade)$/),
  ...byVerb("pip pip3", /^(install|uninstall)$/),
  ...byVerb("npm", /^(install|run)$/),
};

function byVerb(programs: string, verbs: RegExp): Record<string, RegExp> {
  return Object.fromEntries(programs.split(" ").map((it) => [it, verbs]));
}

/** Programs that no package that they install, and no file that they take, is called after. */
const OTHERS = [
  "curl",
  "wget",
  "mkdir",
  "chmod",
  "chown",
  "cp",
  "mv",
  "ln",
  "rm",
  "tar",
  "unzip",
  "git",
  "sed",
];

/** What ends with an error when its own name is among its operands. */
const FAILING: ReadonlySet<string> = new Set(["apt-get", "apt", "apk", "chmod", "chown"]);

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
      (\`apt-get update \\\`, \`apt-get install …\`), where no \`&&\` or \`;\` stands between them. It is an error where the build
      ends with it, else a warning.`,
    why: source`
      The lines of a RUN are joined to one before the shell reads them: a backslash continues a command, and separates nothing. The
      second command never runs; its words are packages, files or addresses for the first.`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt-get update \
          apt-get install -y --no-install-recommends curl
          ^^^^^^^ separator-missing: Without && in front of it, this is an argument of the apt-get above.`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update \
          && apt-get install -y --no-install-recommends curl`,
  },
  programs: [...Object.keys(VERBS), ...OTHERS],

  check({ program, command, script, run, stage }, report) {
    const { arguments: words } = command;
    if (run.startLine === run.endLine || run.exec) return;
    const { text, lines } = stage.model.file;
    const at = words.findIndex(
      ({ raw, span }, index) =>
        raw === program &&
        goesOn(program, words[index + 1]?.raw) &&
        text.slice(lines.startOf(lines.lineAt(span.start)), span.start).trim() === "",
    );
    const word = words[at];
    if (!word) return;
    const ends = FAILING.has(program) && failsRun(command, script, run, stage);
    report(word.span, `Without && in front of it, this is an argument of the ${program} above.`, {
      severity: ends ? "error" : "warning",
      fixes: [{ kind: "unsafe", title: "Write && in front of it", edits: [insert(word.span.start, "&& ")] }],
    });
  },
});

/** Does what follows the name look like a call? */
function goesOn(program: string, next: string | undefined): boolean {
  if (next === undefined) return false;
  const verbs = VERBS[program];
  return verbs === undefined || verbs.test(next);
}
