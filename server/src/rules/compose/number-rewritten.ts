import { entriesOf, valueAt } from "../../syntax/compose/find.ts";
import type { MappingEntry } from "../../syntax/compose/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const numberRewritten = composeRule({
  id: "number-rewritten",
  title: "Value that is a number without quotes and arrives otherwise",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports a variable, build argument or label in the form of a mapping whose value has no quotes, is a number to YAML, and is handed on in another form:
      \`3.10\` as 3.1, \`0644\` as 420, \`+49301\` as 49301, \`1e3\` as 1000. A zero that is lost behind the point is reported of
      build arguments and versions only. \`True\`, which arrives as \`true\`, is information.`,
    why: source`
      Compose reads a number and writes it its own way: \`FROM python:\${VERSION}\` then looks for Python 3.1. In a list
      (\`- VERSION=3.10\`) and in quotes the text stays as it is.`,
    bad: source`
      services:
        api:
          build:
            context: .
            args:
              PYTHON_VERSION: 3.10
                              ^^^^ number-rewritten: PYTHON_VERSION arrives as 3.1: without quotes 3.10 is a number.`,
    good: source`
      services:
        api:
          build:
            context: .
            args:
              PYTHON_VERSION: "3.10"`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { node } of project.services.values()) {
      for (const [kind, at] of [
        ["argument", valueAt(valueAt(node, "build"), "args")],
        ["variable", valueAt(node, "environment")],
        ["label", valueAt(node, "labels")],
      ] as const) {
        if (at?.kind !== "mapping") continue;
        for (const entry of entriesOf(at)) {
          const found = rewritten(entry, kind === "argument");
          if (!found || entry.value?.kind !== "scalar") continue;
          const { span, value, viaAlias } = entry.value;
          const message = `${entry.key.value} arrives as ${found.as}: without quotes ${value} is a ${found.is}.`;
          once(span, message, {
            ...(found.is !== "number" && { severity: "info" as const }),
            fixes: viaAlias
              ? []
              : [
                  {
                    kind: found.is === "number" ? "safe" : "unsafe",
                    title: "Put it in quotes",
                    edits: [replace(span, `"${value}"`)],
                  },
                ],
          });
        }
      }
    }
  },
});

interface Rewritten {
  readonly as: string;
  readonly is: "number" | "truth value";
}

function rewritten({ key, value: node }: MappingEntry, isArgument: boolean): Rewritten | undefined {
  if (node?.kind !== "scalar" || node.style !== "plain" || node.tag !== undefined) return undefined;
  const { value } = node;
  if (/^(?:True|TRUE|False|FALSE)$/.test(value)) return { as: value.toLowerCase(), is: "truth value" };
  const as = numberAs(value);
  if (as === undefined || as === value) return undefined;
  const isSameButZeros = /^-?\d*\.\d*$/.test(value) && Number(as) === Number(value) && !as.includes("e");
  const isVersion = isArgument || /VERSION|TAG|RELEASE/i.test(key.value);
  return isSameButZeros && !isVersion ? undefined : { as, is: "number" };
}

/**
 * How Compose hands a number on: whole ones in decimal, others as Go prints them (go-yaml's resolver and `%v`; each form tried with
 * docker compose config of 2.40.3, 2026-11-27). Undefined for what is no number or too long to be sure, and for `0x1F`, which nobody takes for a text.
 */
function numberAs(text: string): string | undefined {
  if (text.length > 15) return undefined;
  const plain = text.replaceAll("_", "");
  if (/^0[0-7]+$/.test(plain)) return String(Number.parseInt(plain, 8));
  if (/^\+?\d+$/.test(plain)) return String(Number(plain));
  if (/^-[1-9]\d*$/.test(plain)) return plain;
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?$/.test(plain)) return undefined;
  return asGoPrints(Number(plain));
}

function asGoPrints(value: number): string | undefined {
  const [digits = "", written = ""] = value.toExponential().split("e");
  const exponent = Number(written);
  if (value === 0 || exponent < -4) return value === 0 ? "0" : undefined;
  if (exponent < 6) return String(value);
  // `1e21` and longer are told apart from whole numbers no more.
  return `${digits}e+${String(exponent).padStart(2, "0")}`;
}
