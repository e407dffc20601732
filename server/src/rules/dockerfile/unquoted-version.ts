import type { Command, Redirection, ShellWord } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { programsOf } from "../knowledge/packages/package-commands.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { commandRule } from "../rule.ts";

export const unquotedVersion = commandRule({
  id: "unquoted-version",
  title: "Version that the shell takes for a redirection",
  severity: "warning",
  tags: ["build", "reproducible"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a version of a package in RUN that begins with \`<\` or \`>\` and stands outside of quotes: pip, uv, conda, Poetry, apk,
      npm, gem and their like. The fix sets it in quotes.`,
    why: source`
      The shell reads \`<\` and \`>\` before the package manager is started. \`pip install numpy>=2.0\` installs any numpy, and writes
      what pip prints into a file named \`=2.0\`; \`pip install numpy<3\` reads from a file named \`3\`, which is not there, and the
      build ends.`,
    bad: source`
      FROM python:3.14-slim
      RUN pip install --no-cache-dir numpy>=2.0
                                     ^^^^^^^^^^ unquoted-version: The shell writes the output to a file named =2.0: no version of numpy is asked for.`,
    good: source`
      FROM python:3.14-slim
      RUN pip install --no-cache-dir "numpy>=2.0"`,
  },
  programs: [
    ...programsOf("pip", "apk", "npm", "pnpm", "yarn", "gem"),
    ..."uv pipx poetry pdm conda mamba micromamba".split(" "),
  ],

  check({ program, command, script, run, instruction, stage }, report) {
    if (run.exec || (/^python/.test(program) && command.arguments[1]?.literal !== "pip")) return;
    for (const { word, redirections } of versionsIn(command)) {
      const [first] = redirections;
      const reads = redirections.find((it) => it.operator === "<");
      const shown = reads ?? first;
      const end = redirections.at(-1)?.span.end;
      if (!shown?.target || end === undefined) continue;
      const name = shown.target.raw;
      const fails = reads && run === instruction && failsRun(command, script, run, stage);
      const span = { start: word.span.start, end };
      const text = word.raw + redirections.map((it) => it.operator + (it.target?.raw ?? "")).join("");
      report(
        span,
        reads
          ? `The shell reads from a file named ${name}, which is not there.`
          : `The shell writes the output to a file named ${name}: no version of ${word.raw} is asked for.`,
        {
          severity: fails ? "error" : "warning",
          fixes: /["'\\`]/.test(text)
            ? []
            : [{ kind: "safe", title: "Set it in quotes", edits: [replace(span, `"${text}"`)] }],
        },
      );
    }
  },
});

interface UnquotedVersion {
  readonly word: ShellWord;
  readonly redirections: readonly Redirection[];
}

/** `name>=1` and `name>1,<2`: each redirection touches what stands in front of it, and goes to what begins as a version does. */
function versionsIn({ arguments: words, redirections }: Command): UnquotedVersion[] {
  const found: { readonly word: ShellWord; readonly redirections: Redirection[] }[] = [];
  for (const redirection of redirections) {
    const { operator, target, span } = redirection;
    if ((operator !== "<" && operator !== ">") || !target || !/^=?\d/.test(target.raw)) continue;
    // `> 1` is a redirection that somebody means.
    if (target.span.start !== span.start + operator.length) continue;
    const last = found.at(-1);
    if (last?.redirections.at(-1)?.span.end === span.start) {
      last.redirections.push(redirection);
      continue;
    }
    const word = words.find((it) => it.span.end === span.start);
    if (word) found.push({ word, redirections: [redirection] });
  }
  return found;
}
