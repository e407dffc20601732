import type { Path } from "../../../model/compose/specification/mismatches.ts";
import type { ScalarShape, Shape } from "../../../model/compose/specification/shape.ts";

/** What a place is called in a message: the key, or the list or section that its entry is in. */
export function subjectOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return "The file";
  const above = path.at(-2);
  if (typeof last === "number") return `An entry of \`${above ?? ""}\``;
  return path.length === 2 ? `The ${singular(String(above))} \`${last}\`` : `\`${last}\``;
}

/** `services` → `service`. */
export function singular(section: string): string {
  return section.replace(/s$/, "");
}

/** What a shape takes, as the end of “… must be”. */
export function wantedBy({ scalar, list, mapping }: Shape): string {
  const wanted = [
    ...(scalar ? [scalarWanted(scalar)] : []),
    ...(list ? ["a list"] : []),
    ...(mapping ? ["a mapping"] : []),
  ];
  return wanted.join(" or ");
}

/** Names what a scalar may be, for a sentence: `a number`, `one of a, b`. */
export function scalarWanted({ type, values, form }: ScalarShape): string {
  if (values) return values.length === 1 ? `\`${values[0]}\`` : `one of ${values.join(", ")}`;
  return form ? form.name : words[type];
}

const words: Readonly<Record<ScalarShape["type"], string>> = {
  text: "a text",
  any: "a value",
  port: "a text or a number",
  amount: "a number or `all`",
  flag: "`true` or `false`",
  integer: "a whole number",
  number: "a number",
  bytes: "a size such as `512m`",
  size: "a size such as `512m`",
  duration: "a duration such as `30s`",
};
