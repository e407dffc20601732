import type { ScalarNode } from "../../../syntax/compose/tree.ts";
import type { ScalarShape, ScalarType } from "./shape.ts";

/** A scalar as Compose's schema sees it: a text, or what a plain one is read as. */
export interface ScalarValue {
  readonly text: string;
  readonly type: ScalarNode["type"];
}

/** Why a scalar does not fit. `not-text`, `date`: it would with quotes around it. `fraction`: to YAML it is no integer. */
export type Misfit = "not-text" | "no-form" | "no-value" | "out-of-range" | "date" | "fraction";

/**
 * Whether Compose takes a scalar at a place of this shape (docker compose 2.40.3, each form tried 2026-11): it casts texts to the
 * flags and numbers that a place needs, and never the other way round.
 */
export function misfitOf(shape: ScalarShape, value: ScalarValue): Misfit | undefined {
  const { type, values, form, range, whole, integral } = shape;
  if (type === "any") return undefined;
  if (value.type !== "string" && !plainTypes[type].includes(value.type)) {
    return takesText(type) ? "not-text" : "no-form";
  }
  if (integral && value.type === "number" && !INTEGER.test(value.text)) return "fraction";
  if (!forms[type].test(value.text) || (form && !form.pattern.test(value.text))) return "no-form";
  if (whole && value.type === "number" && !Number.isInteger(numberOf(value.text))) return "no-form";
  // As a number it is for the engine to say what it means: -1 is no limit. As a text Compose reads a size, which is none.
  if (type === "bytes" && value.type === "string" && value.text.startsWith("-")) return "no-form";
  if (values && !values.includes(value.text)) return "no-value";
  if (range && !isWithin(numberOf(value.text), range)) return "out-of-range";
  return undefined;
}

/** Types of plain scalars that a place takes besides texts. */
const plainTypes: Readonly<Record<ScalarType, readonly ScalarNode["type"][]>> = {
  text: [],
  any: ["number", "boolean", "null"],
  port: ["number"],
  amount: ["number"],
  flag: ["boolean"],
  integer: ["number"],
  number: ["number"],
  bytes: ["number"],
  size: [],
  duration: [],
};

function takesText(type: ScalarType): boolean {
  return type === "text" || type === "size";
}

/** What Compose's reader of YAML takes for an integer (go.yaml.in/yaml, resolve.go; read 2026-11-28). */
const INTEGER = /^[-+]?(?:0|[1-9][\d_]*|0o?[0-7_]+|0x[\da-f_]+|0b[01_]+)$/i;

const WHATEVER = /^/;
const SIZE = /^\d+(?:\.\d+)?(?:e\d+)? ?(?:[kmgtp]i?b?|b)?$/i;

/** What a scalar has to look like, quoted or not. */
const forms: Readonly<Record<ScalarType, RegExp>> = {
  text: WHATEVER,
  any: WHATEVER,
  port: WHATEVER,
  amount: /^(?:all|-?\d+)$/i,
  flag: /^(?:true|false|yes|no|on|off|y|n)$/i,
  integer: /^[-+]?(?:[\d_]+|0x[\da-f_]+|0o?[0-7_]+|0b[01_]+)$/i,
  number: /^[-+]?(?:[\d_]+\.?[\d_]*|\.\d[\d_]*)(?:e[-+]?\d+)?$/i,
  bytes: /^-?\d+(?:\.\d+)?(?:e\d+)? ?(?:[kmgtp]i?b?|b)?$/i,
  size: SIZE,
  // Go's durations, days and weeks.
  duration:
    /^[-+]?(?:0|(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w)(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w))*)$/,
};

function numberOf(text: string): number {
  return Number(text.replaceAll("_", ""));
}

function isWithin(number: number, [least, most]: readonly [number, number]): boolean {
  return Number.isNaN(number) || (number >= least && number <= most);
}
