import { valueAt } from "../../../syntax/compose/find.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { Placed } from "../project.ts";
import { knownText, type Reading } from "../reading/reading.ts";

/** How many containers a service is to have: `deploy.replicas`, or `scale`, which Compose holds to be the same. */
export function readReplicas(service: YamlNode | undefined, reading: Reading): Placed<number> | undefined {
  const node = valueAt(valueAt(service, "deploy"), "replicas") ?? valueAt(service, "scale");
  const text = knownText(node, reading);
  return text && /^\d+$/.test(text.value) ? { value: Number(text.value), span: text.span } : undefined;
}
