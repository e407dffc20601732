import { baseName } from "../../model/stage/paths.ts";
import { handsOn } from "../../model/stage/started/entrypoint-script.ts";
import { innerWords } from "../../model/stage/started/start-step.ts";
import type { StartedWord } from "../../model/stage/started/started-word.ts";
import type { CommandSetting } from "../../model/stage/state.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { remove } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type Fix, stageRule } from "../rule.ts";

export const commandRepeatsEntrypoint = stageRule({
  id: "command-repeats-entrypoint",
  title: "CMD that names the program which the ENTRYPOINT starts",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a CMD in exec form that begins with the program which the ENTRYPOINT in front of it starts already: \`node\`,
      \`python\`, \`java\`, \`npm\`, \`flask\` and the like. Distroless images have such an ENTRYPOINT.`,
    why: source`
      CMD is what the ENTRYPOINT is given. So this runs \`node node server.js\`, and the container ends with "Cannot find module
      '/app/node'", or "Unable to access jarfile java".`,
    bad: source`
      FROM gcr.io/distroless/nodejs24-debian12
      COPY server.js /app/
      WORKDIR /app
      CMD ["node", "server.js"]
           ^^^^^^ command-repeats-entrypoint: The ENTRYPOINT starts node already, and takes this for its script.`,
    good: source`
      FROM gcr.io/distroless/nodejs24-debian12
      COPY server.js /app/
      WORKDIR /app
      CMD ["server.js"]`,
  },

  check(stage, report) {
    const { entrypoint, command } = stage.result;
    if (!stage.isFinal || !entrypoint.known || !command.known) return;
    const [before, given] = [entrypoint.value, command.value];
    if (before?.form !== "exec" || given?.form !== "exec" || !given.instruction) return;
    const words = startedBy(before);
    const [program, again] = [words[0], given.words[0]];
    const name = program === undefined ? undefined : interpreterOf(program);
    if (!again || name === undefined || interpreterOf(again.raw) !== name) return;
    const taken = WITH_COMMANDS.test(name) ? "a command of its own" : "its script";
    report(again.span, `The ENTRYPOINT starts ${name} already, and takes this for ${taken}.`, {
      related: entrypoint.because,
      fixes: withoutRepeated(words, given.words),
    });
  },
});

/** Programs whose first word is one of their commands, and none of them has one of its own name (their help, as generally known). */
const WITH_COMMANDS = /^(?:npm|flask|celery|streamlit|poetry|uv)$/;

/** Without its version; undefined for other programs than those that take their first word for a file to run, or a command. */
function interpreterOf(path: string): string | undefined {
  if (WITH_COMMANDS.test(baseName(path))) return baseName(path);
  return /^(node|python|ruby|php|perl|java|deno|bun|dotnet)(?:js)?[\d.]*$/.exec(baseName(path))?.[1];
}

/** The words of an entrypoint behind what only starts them; none where it starts what it is given. */
function startedBy({ words, instruction }: CommandSetting): readonly string[] {
  const texts = words.map((it) => it.raw);
  if (!instruction && handsOn(texts)) return [];
  let rest: readonly StartedWord[] = words.map(({ raw, span }) => ({
    ...{ text: raw, span, instruction },
    written: "exec",
  }));
  for (;;) {
    const [first, ...behind] = rest;
    const inner = first?.text === undefined ? undefined : innerWords(baseName(first.text), behind);
    // `python -m` names a module, and goes no further.
    if (!inner || interpreterOf(first?.text ?? "") !== undefined) break;
    rest = inner;
  }
  return rest.map((it) => it.text ?? "");
}

/** Without the words with which both begin. */
function withoutRepeated(words: readonly string[], given: readonly Word[]): Fix[] {
  let count = 1;
  while (count < words.length && given[count]?.raw === words[count]) count++;
  const [first, next] = [given[0], given[count]];
  if (!first || !next) return [];
  return [
    {
      kind: "unsafe",
      title: `Leave ${given
        .slice(0, count)
        .map((it) => it.raw)
        .join(" ")} to the ENTRYPOINT`,
      edits: [remove({ start: first.span.start, end: next.span.start })],
    },
  ];
}
