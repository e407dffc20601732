import { valueAt } from "../../../syntax/compose/find.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { Healthcheck, Placed } from "../project.ts";
import { knownText, type Reading, resolvedText } from "../reading/reading.ts";

/** `healthcheck` of a service. The words of `test` may have holes: that there is a test is known all the same. */
export function readHealthcheck(service: YamlNode | undefined, reading: Reading): Healthcheck | undefined {
  const node = valueAt(service, "healthcheck");
  if (node?.kind !== "mapping") return undefined;
  const testNode = valueAt(node, "test");
  const test = readTest(testNode, reading);
  const form = testNode?.kind === "sequence" ? "list" : testNode ? "string" : undefined;
  const disableNode = valueAt(node, "disable");
  const disable = knownText(disableNode, reading);
  const disabled = disable?.value === "true" || test?.[0]?.value === "NONE";
  const isOpen = (disableNode && !disable) || test?.[0]?.value.includes(HOLE);
  const texts = (testNode?.kind === "sequence" ? testNode.items.slice(1) : [testNode]).flatMap((it) =>
    it?.kind === "scalar" ? [resolvedText(it, reading)] : [],
  );
  return { span: node.span, disabled, certain: disabled || !isOpen, test, texts, form };
}

function readTest(node: YamlNode | undefined, reading: Reading): readonly Placed<string>[] | undefined {
  if (node?.kind === "scalar") return [{ value: "CMD-SHELL", span: node.span }, resolvedText(node, reading)];
  if (node?.kind !== "sequence") return undefined;
  return node.items.flatMap((it) => (it.kind === "scalar" ? [resolvedText(it, reading)] : []));
}
