import type { Dockerfile, Instruction } from "../../syntax/dockerfile/tree.ts";

/** Lines of an instruction that start inside quotes, where blanks in front count. */
export function inQuotesAtLines(
  { text, lines, escape: escaping }: Dockerfile,
  instruction: Instruction,
): ReadonlySet<number> {
  const found = new Set<number>();
  let quote = "";
  // Behind a command in double quotes, which has quotes of its own, nothing is certain.
  let isNested = false;
  for (let line = instruction.startLine; line <= instruction.headEndLine; line++) {
    const content = text.slice(lines.startOf(line), lines.endOf(line));
    if (line > instruction.startLine && (quote !== "" || isNested)) found.add(line);
    if (content.trimStart().startsWith("#")) continue;
    for (let at = 0; at < content.length; at++) {
      const character = content[at] ?? "";
      if (character === escaping && quote !== "'") at++;
      else if (quote === '"' && (content.startsWith("$(", at) || character === "`")) isNested = true;
      else if (quote !== "") quote = character === quote ? "" : quote;
      else if (character === '"' || character === "'") quote = character;
    }
  }
  return found;
}
