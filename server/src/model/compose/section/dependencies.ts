import { entriesOf, itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { Dependency } from "../project.ts";
import { keyName, knownText, type Reading } from "../reading.ts";

/** `depends_on` of a service, as a list or as a mapping. */
export function readDependencies(service: YamlNode | undefined, reading: Reading): readonly Dependency[] {
  const node = valueAt(service, "depends_on");
  const short = itemsOf(node).flatMap((item): Dependency[] => {
    const name = knownText(item, reading);
    return name
      ? [{ service: name, condition: undefined, form: "short", span: item.span, shared: item.viaAlias }]
      : [];
  });
  const long = entriesOf(node).map(({ key, value, span }): Dependency => {
    const condition = knownText(valueAt(value, "condition"), reading);
    return {
      service: keyName(key, reading),
      condition,
      form: "long",
      span,
      shared: key.viaAlias || value?.viaAlias === true,
    };
  });
  return [...short, ...long];
}
