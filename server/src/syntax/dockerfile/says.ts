import type { Instruction } from "./tree.ts";

/** Is a pattern found in what an instruction says, or in one of its here-documents? */
export function says(pattern: RegExp, { body, hereDocuments }: Instruction): boolean {
  return pattern.test(body.text) || hereDocuments.some((it) => pattern.test(it.text.text));
}

/** Does a text stand there? */
export function saysText(text: string, { body, hereDocuments }: Instruction): boolean {
  return body.text.includes(text) || hereDocuments.some((it) => it.text.text.includes(text));
}
