import type { LabelKind } from "../../policy.ts";
import { isLicenseExpression } from "./spdx.ts";

/** What the value of a label has to be. */
export interface ValueKind {
  /** Hadolint's rule for it (README, read 2026-11). */
  readonly alias: string;
  readonly accepts: (value: string) => boolean;
  /** How a message says it: `is no …`. */
  readonly name: string;
}

const text: ValueKind = { alias: "DL3051", accepts: (it) => it !== "", name: "text" };

export const valueKinds: Readonly<Record<LabelKind, ValueKind>> = {
  text,
  rawtext: text,
  url: { alias: "DL3052", accepts: isUrl, name: "URL" },
  rfc3339: {
    alias: "DL3053",
    accepts: isTime,
    name: "time as RFC 3339 writes it, such as 2026-11-25T12:00:00Z",
  },
  spdx: { alias: "DL3054", accepts: isLicenseExpression, name: "licence of the SPDX list" },
  hash: { alias: "DL3055", accepts: (it) => HASH.test(it), name: "commit of git" },
  semver: { alias: "DL3056", accepts: (it) => VERSION.test(it), name: "semantic version, such as 1.4.0" },
  email: { alias: "DL3058", accepts: (it) => ADDRESS.test(it), name: "mail address" },
};

function isUrl(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(value) && URL.canParse(value);
}

/** RFC 3339, section 5.6. */
const TIME =
  /^\d{4}-(\d{2})-(\d{2})[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

function isTime(value: string): boolean {
  const [, month, day] = TIME.exec(value) ?? [];
  const date = value.slice(0, "2026-11-25".length);
  if (month === undefined || day === undefined) return false;
  const read = new Date(`${date}T00:00:00Z`);
  // A day that the month does not have runs over into the next one.
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date);
}

/** Whole, SHA-1 or SHA-256, or cut to seven digits or more as git does. */
const HASH = /^[0-9a-f]{7,40}$|^[0-9a-f]{64}$/;

/** semver.org, version 2.0.0. */
const VERSION =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*))*)?(\+[\da-zA-Z-]+(\.[\da-zA-Z-]+)*)?$/;

/** `addr-spec` of RFC 5322 without comments and line breaks. */
const ADDRESS =
  /^([\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*|"[^"\\]+")@([A-Za-z\d]([A-Za-z\d-]*[A-Za-z\d])?(\.[A-Za-z\d]([A-Za-z\d-]*[A-Za-z\d])?)*|\[[\da-fA-F.:]+\])$/;
