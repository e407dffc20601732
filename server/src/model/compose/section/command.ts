import type { YamlNode } from "../../../syntax/compose/tree.ts";
import { splitWords } from "../../../syntax/compose/words.ts";
import type { ServiceCommand } from "../project.ts";
import { type Reading, resolvedText } from "../reading/reading.ts";

/** `command` or `entrypoint` of a service: a list of words, or a string that Compose splits itself, without a shell. */
export function readCommand(node: YamlNode | undefined, reading: Reading): ServiceCommand | undefined {
  if (!node || node.kind === "mapping") return undefined;
  if (node.kind === "sequence") {
    const words = node.items.map((it) =>
      it.kind === "scalar" ? resolvedText(it, reading).value : undefined,
    );
    const texts = words.flatMap((it) => it ?? []);
    return {
      span: node.span,
      form: "list",
      words: texts.length === words.length ? texts : undefined,
      text: undefined,
      texts: node.items.flatMap((it) => (it.kind === "scalar" ? resolvedText(it, reading) : [])),
      cutAt: undefined,
    };
  }
  const text = resolvedText(node, reading);
  const { words, cutAt } = splitWords(text.value);
  return { span: node.span, form: "string", words, text, texts: [text], cutAt };
}
