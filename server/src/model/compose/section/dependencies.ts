import { entriesOf, isNull, itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { Dependency } from "../project.ts";
import { keyName, knownText, type Reading } from "../reading/reading.ts";

/** `depends_on` of a service, as a list or as a mapping. */
export function readDependencies(service: YamlNode | undefined, reading: Reading): readonly Dependency[] {
  const node = valueAt(service, "depends_on");
  const short = itemsOf(node).flatMap((item): Dependency[] => {
    const name = knownText(item, reading);
    return name
      ? [
          {
            service: name,
            condition: undefined,
            required: true,
            form: "short",
            span: item.span,
            shared: item.viaAlias,
          },
        ]
      : [];
  });
  const long = entriesOf(node).map(({ key, value, span }): Dependency => {
    const condition = knownText(valueAt(value, "condition"), reading);
    return {
      service: keyName(key, reading),
      condition,
      required: isRequired(value, reading),
      form: "long",
      isBare:
        value === undefined || isNull(value) || (value.kind === "mapping" && value.entries.length === 0),
      span,
      shared: key.viaAlias || value?.viaAlias === true,
    };
  });
  return [...short, ...long];
}

/** `required` is true when it is not written (compose-spec 05-services.md#depends_on, read 2026-11). */
function isRequired(dependency: YamlNode | undefined, reading: Reading): boolean {
  const node = valueAt(dependency, "required");
  return node === undefined || knownText(node, reading)?.value === "true";
}
