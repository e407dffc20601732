import type { BuildContext } from "../../model/context/build-context.ts";
import { entriesMatching } from "../../model/context/entry-pattern.ts";
import { resolvePath } from "../../model/stage/paths.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { instructionRule } from "../rule.ts";

export const copyFlattensFolders = instructionRule({
  id: "copy-flattens-folders",
  title: "Pattern of COPY that leaves folders behind",
  severity: "warning",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a pattern such as \`COPY src/* ./\` that also stands for folders with files in them, as the build context shows. Silent with
      \`--parents\`, and where the pattern names folders alone.`,
    why: source`
      COPY takes what is in a folder, and not the folder: the files of \`src/lib\` land beside those of \`src\`, files of one name on top of
      each other, and the program does not find \`lib/…\`. The folder in front of the pattern, copied as a whole, keeps what is in it.`,
    context: { "src/main.py": "", "src/lib/read.py": "" },
    bad: source`
      FROM python:3.14-slim
      WORKDIR /app
      COPY src/* ./
           ^^^^^ copy-flattens-folders: COPY takes what is in src/lib, and not the folder itself.`,
    good: source`
      FROM python:3.14-slim
      WORKDIR /app
      COPY src/ ./`,
  },
  instructions: ["COPY", "ADD"],

  check(copy, stage, report) {
    const { context } = stage.model.inputs;
    if (!context || copy.flags.some((it) => it.name === "from" || it.name === "parents")) return;
    for (const word of copy.words.slice(0, -1)) {
      if (!word.raw.includes("*")) continue;
      const value = wordValue(word, copy, stage);
      const path = value === undefined ? undefined : resolvePath("/", value)?.slice(1);
      if (path === undefined) continue;
      const entries = entriesMatching(path, context).filter((it) => context.isIgnored(it).is === "no");
      const folders = entries.filter((it) => holdsFiles(it, context));
      const [first, ...more] = folders;
      // Of folders alone it is what they hold that is meant.
      if (first === undefined || folders.length === entries.length) continue;
      const which =
        more.length === 0
          ? `${first}, and not the folder itself`
          : `${first} and ${more.length} more, and not the folders themselves`;
      const all = /^(.*\/)?\*$/.exec(word.raw);
      const folder = all?.[1] ?? ".";
      const isPlain = all && /^[\w./-]*$/.test(folder) && word.span.end - word.span.start === word.raw.length;
      report(word.span, `COPY takes what is in ${which}.`, {
        fixes: isPlain
          ? [{ kind: "unsafe", title: `Copy ${folder}`, edits: [replace(word.span, folder)] }]
          : [],
      });
    }
  },
});

function holdsFiles(path: string, context: BuildContext): boolean {
  return context.exists(path) === "directory" && (context.list(path) ?? []).length > 0;
}
