import type { Dockerfile } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { dockerfileRule } from "../rule.ts";

export const definitionDescription = dockerfileRule({
  id: "definition-description",
  title: "Comment above a stage or argument that does not describe it",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["InvalidDefinitionDescription"],
  since: "0.2.0",
  fix: "none",
  enabled: false,
  docs: {
    what: source`
      Reports a comment right above an ARG or a named stage whose last line does not begin with the name. It runs only when
      asked for, as with BuildKit, where the check is experimental.`,
    why: source`
      \`docker build --call outline\` lists stages and arguments with their descriptions, which it takes from these
      comments. One that describes something else belongs above an empty line.`,
    bad: source`
      # The version that is shipped
      ARG VERSION=1.4
          ^^^^^^^^^^^ definition-description: The comment above does not begin with VERSION, so it describes nothing.
      FROM alpine:3.24`,
    good: source`
      # VERSION is what is shipped
      ARG VERSION=1.4
      # api is the service itself
      FROM alpine:3.24 AS api`,
  },

  check({ file, stages }, report) {
    const named = new Map(stages.map((it) => [it.from, it.nameWord]));
    for (const instruction of file.instructions) {
      const { name } = instruction;
      if (name !== "ARG" && name !== "FROM") continue;
      const comment = commentOn(instruction.startLine - 1, file);
      // An empty one sets what is above it apart.
      if (!comment) continue;
      const nameWord = named.get(instruction);
      const words = name === "ARG" ? instruction.pairs.map((it) => it.name) : nameWord ? [nameWord] : [];
      const [first] = words;
      // What is said to a linter is no description.
      if (!first || /^(?:plimsoll|hadolint|check)\b/i.test(comment)) continue;
      if (words.some((it) => it.raw === comment.split(" ")[0])) continue;
      const place = nameWord?.span ?? instruction.pairs[0]?.span ?? instruction.keyword;
      report(place, `The comment above does not begin with ${first.raw}, so it describes nothing.`);
    }
  },
});

/** Text of the comment that a line is; undefined for any other. */
function commentOn(line: number, { lines, text, directives }: Dockerfile): string | undefined {
  // A line in front of the first one that is no directive is one.
  if (line < directives.length) return undefined;
  return /^\s*#\s*(.*?)\s*$/.exec(text.slice(lines.startOf(line), lines.endOf(line)))?.[1];
}
