import compose from "../../../../snippets/compose.json" with { type: "json" };
import dockerfile from "../../../../snippets/dockerfile.json" with { type: "json" };
import dockerignore from "../../../../snippets/dockerignore.json" with { type: "json" };
import { type Candidate, candidatesFrom } from "./candidate.ts";

interface Template {
  /** What one types to find it, the short form first. */
  readonly words: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

const templates: Readonly<Record<"dockerfile" | "compose" | "ignore", Readonly<Record<string, Template>>>> = {
  dockerfile,
  compose,
  ignore: dockerignore,
};

/**
 * Whole files, for a file that holds nothing yet but the word from `start` to the cursor. An editor's own snippets would be offered
 * at every word, where one that is taken by mistake puts a file into a file.
 */
export function wholeFiles(kind: keyof typeof templates, start: number, offset: number): Candidate[] {
  const candidate = candidatesFrom(start, offset);
  return Object.entries(templates[kind]).map(([title, { words, description, body }]) =>
    candidate(words[0] ?? title, "template", {
      detail: title,
      documentation: `${description}\n\n\`\`\`${kind === "compose" ? "yaml" : kind}\n${shown(body)}\n\`\`\``,
      text: body.join("\n"),
      snippet: true,
      rank: 80,
    }),
  );
}

/** As it is written when every placeholder keeps what it proposes. */
function shown(body: readonly string[]): string {
  return body
    .join("\n")
    .replace(/\\([\\$}])|\$\{\d+:([^}]*)\}|\$\d+/g, (_, escaped?: string, value = "") => escaped ?? value)
    .trimEnd();
}
