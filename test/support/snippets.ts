import { readFileSync } from "node:fs";

export interface Snippet {
  readonly name: string;
  /** What finds it in completion; an editor's own snippets with a prefix would be offered at every word of a file. */
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: string;
}

/** Stems of the files in `snippets/`. */
export const snippetFiles = ["compose", "dockerfile", "dockerignore", "workflow"] as const;

/** The snippets of one file in `snippets/`, by the file's stem. */
export function snippetsOf(stem: (typeof snippetFiles)[number]): Snippet[] {
  const file = JSON.parse(readFileSync(`snippets/${stem}.json`, "utf8")) as Record<
    string,
    { words: string[]; isFileTemplate: boolean; prefix?: unknown; description: string; body: string[] }
  >;
  return Object.entries(file).map(([name, it]) => {
    if (it.prefix !== undefined || !it.isFileTemplate)
      throw new Error(`${name} is a template of a whole file.`);
    return { name, prefix: it.words, description: it.description, body: it.body.join("\n") };
  });
}

/** What VS Code inserts when every placeholder keeps its default. Placeholders in snippets here do not nest. */
export function expandSnippet(body: string): string {
  return body.replace(
    /\\([\\$}])|\$\{\d+:([^}]*)\}|\$\d+/g,
    (_, escaped: string | undefined, value = "") => escaped ?? value,
  );
}
