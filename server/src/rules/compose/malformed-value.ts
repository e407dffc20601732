import type { Mismatch } from "../../model/compose/specification/mismatches.ts";
import type { Misfit } from "../../model/compose/specification/scalar-fits.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { scalarWanted, subjectOf } from "../writing/compose/specification-words.ts";

export const malformedValue = composeRule({
  id: "malformed-value",
  title: "Value that cannot be read as what it should be",
  severity: "error",
  tags: ["build"],
  aliases: ["invalid-schema"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a value that Compose cannot read as the duration, size, number, \`true\` or \`false\` that a key takes, or a number that
      is too small or too large for it, or none to YAML (\`0248\`, which is no octal number). Values with variables that are not known are left alone.`,
    why: source`
      Compose refuses the whole file: "unknown unit in duration", "invalid size", "failed to cast to expected type".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          stop_grace_period: "30"
                             ^^^^ malformed-value: \`stop_grace_period\` must be a duration such as \`30s\`.
          mem_limit: 512 megabytes
                     ^^^^^^^^^^^^^ malformed-value: \`mem_limit\` must be a size such as \`512m\`.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          stop_grace_period: 30s
          mem_limit: 512m`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const mismatch of project.mismatches) {
      if (mismatch.kind !== "scalar" || !MALFORMED.has(mismatch.why)) continue;
      const { node, path, shape, why } = mismatch;
      const wanted =
        why === "fraction"
          ? integerWanted(node.value)
          : why === "no-form"
            ? scalarWanted(shape)
            : rangeWanted(shape.range);
      once(node.span, `${subjectOf(path)} must be ${wanted}.`, {
        fixes: why === "fraction" ? withoutZero(mismatch) : withUnit(mismatch),
      });
    }
  },
});

const MALFORMED: ReadonlySet<Misfit> = new Set(["no-form", "out-of-range", "fraction"]);

function integerWanted(value: string): string {
  return LEADING_ZERO.test(value)
    ? `a whole number: behind a leading 0 only octal digits make one, and ${value} has an 8 or 9`
    : "a whole number";
}

const LEADING_ZERO = /^0+(?=[1-9]\d*$)/;

function withoutZero({ node, value }: MalformedValue): readonly Fix[] {
  const plain = value.replace(LEADING_ZERO, "");
  if (plain === value || node.viaAlias || node.value !== value) return [];
  return [{ kind: "unsafe", title: `Replace ${value} with ${plain}`, edits: [replace(node.span, plain)] }];
}

type MalformedValue = Extract<Mismatch, { kind: "scalar" }>;

function rangeWanted(range: readonly [number, number] | undefined): string {
  const [least = 0, most = 0] = range ?? [];
  return most === Number.POSITIVE_INFINITY ? `${least} or more` : `between ${least} and ${most}`;
}

/** Seconds are what people mean who write a number alone. */
function withUnit({ node, value, shape }: MalformedValue): readonly Fix[] {
  if (shape.type !== "duration" || !/^[1-9]\d*$/.test(value) || node.viaAlias || node.value !== value)
    return [];
  return [
    { kind: "unsafe", title: `Replace ${value} with ${value}s`, edits: [replace(node.span, `${value}s`)] },
  ];
}
