/** The warnings that Compose printed beside its answer: `time="…" level=warning msg="The \"X\" variable is not set."`. */
export function composeWarnings(errors: string): readonly string[] {
  return errors.split("\n").flatMap((line) => {
    const message = /level=warning msg=("(?:[^"\\]|\\.)*"|\S+)/.exec(line)?.[1];
    if (message === undefined) return [];
    try {
      return [String(JSON.parse(message))];
    } catch {
      return [message.replace(/^"|"$/g, "")];
    }
  });
}

/** What is shown: the file with the warnings above it. */
export function resolvedFile(yaml: string, warnings: readonly string[]): string {
  const comments = [...new Set(warnings)].map((it) => `# ${it.replaceAll("\n", " ")}\n`);
  return [...comments, comments.length > 0 ? "\n" : "", yaml].join("");
}
