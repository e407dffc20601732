/**
 * What may stand at a place of a Compose file: a scalar, a list, a mapping, or more than one of these. Compose tells them apart by
 * the kind of the node alone (compose-spec.json of compose-spec; docker compose 2.40.3 asked about each place, 2026-11).
 */
export interface Shape {
  readonly scalar?: ScalarShape;
  readonly list?: ListShape;
  readonly mapping?: MappingShape;
  /** Nothing behind the key is as good as a value. */
  readonly empty?: true;
}

/**
 * `text` is written as a text: numbers and booleans need quotes. The others may be quoted or not. `any` is each of them,
 * `port` a text or a number, `amount` a number of devices or `all`. `size` is `bytes` that has to be a text.
 */
export type ScalarType =
  | "text"
  | "flag"
  | "integer"
  | "number"
  | "bytes"
  | "size"
  | "duration"
  | "any"
  | "port"
  | "amount";

export interface ScalarShape {
  readonly type: ScalarType;
  /** The only texts that Compose takes. */
  readonly values?: readonly string[];
  /** What a text has to look like, and how that is called. */
  readonly form?: { readonly pattern: { test(text: string): boolean }; readonly name: string };
  /** A number without quotes has no fraction. */
  readonly whole?: true;
  /**
   * A number without quotes is one to YAML without a fraction, an exponent and digits that do not suit a leading zero (docker compose
   * 2.40.3, each tried 2026-11-28): what else it reads arrives as a fraction, which Compose refuses here, or ends with a panic.
   */
  readonly integral?: true;
  /** Texts that are worth to be proposed; others are fine. */
  readonly suggestions?: readonly string[];
  /** Smallest and largest number. */
  readonly range?: readonly [number, number];
}

export interface ListShape {
  readonly items: Shape;
  /** The same item twice is refused. */
  readonly unique?: true;
}

export interface MappingShape {
  readonly keys: Readonly<Record<string, Key>>;
  readonly required?: readonly string[];
  /** What stands behind names that the user chooses. */
  readonly named?: Shape;
  /** Which names those may be; any when not said. */
  readonly names?: "resource" | "limit";
  /**
   * Keys that are neither known nor the user's to choose: `refused` but those that start with `x-`, `closed` with those too,
   * `free` for whoever reads them.
   */
  readonly others: "refused" | "closed" | "free";
}

/** A key with what it means, in our own words. */
export interface Key {
  readonly summary: string;
  readonly shape: Shape;
  /** Kept working, but nothing to write today. */
  readonly deprecated?: true;
}

export const key = (summary: string, shape: Shape): Key => ({ summary, shape });
export const deprecated = (summary: string, shape: Shape): Key => ({ summary, shape, deprecated: true });

export const text: Shape = { scalar: { type: "text" } };
export const flag: Shape = { scalar: { type: "flag", suggestions: ["true", "false"] } };
export const integer: Shape = { scalar: { type: "integer" } };
export const count: Shape = { scalar: { type: "integer", range: [0, Number.POSITIVE_INFINITY] } };
export const number: Shape = { scalar: { type: "number" } };
export const bytes: Shape = { scalar: { type: "bytes" } };
export const size: Shape = { scalar: { type: "size" } };
export const duration: Shape = { scalar: { type: "duration" } };
export const anything: Shape = { scalar: { type: "any" }, empty: true };

/** A text, for which these come to mind. */
export const textLike = (...suggestions: readonly string[]): Shape => ({
  scalar: { type: "text", suggestions },
});

/** A text with a sign in its middle: `host:address`. */
export const textAs = (name: string, pattern: { test(text: string): boolean }): Shape => ({
  scalar: { type: "text", form: { name, pattern } },
});

/** One of these texts. */
export const oneOf = (...values: readonly string[]): Shape => ({ scalar: { type: "text", values } });

export const within = (type: "integer" | "number", least: number, most: number): Shape => ({
  scalar: { type, range: [least, most] },
});

export const list = (items: Shape): Shape => ({ list: { items } });
export const set = (items: Shape): Shape => ({ list: { items, unique: true } });
export const texts = list(text);

/** A mapping of these keys, and of `x-…`. */
export const mapping = (keys: Readonly<Record<string, Key>>, ...required: readonly string[]): Shape => ({
  mapping: { keys, others: "refused", ...(required.length > 0 && { required }) },
});

/** A mapping of names that the user chooses. */
export const named = (shape: Shape, names?: MappingShape["names"]): Shape => ({
  mapping: { keys: {}, named: shape, others: "refused", ...(names && { names }) },
});

/** Any of these, told apart by the kind of node. */
export const either = (...shapes: readonly Shape[]): Shape => Object.assign({}, ...shapes);

export const orEmpty = (shape: Shape): Shape => ({ ...shape, empty: true });

/** `NAME: value`, or `- NAME=value`. */
export const pairs: Shape = either(list(text), named(anything));

/** The same for variables of a process: a blank before `=` would be part of the name, and Compose refuses it in a list. */
export const variables: Shape = either(
  list(textAs("`NAME=value`, without a blank before `=`", /^(?![^=]*\s(?:=|$))/)),
  named(anything),
);

/** One text, or a list of them. */
export const textOrTexts: Shape = either(text, list(text));
export const textOrSet: Shape = either(text, set(text));
