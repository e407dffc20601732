import { nearestName } from "../../../text/nearest-name.ts";
import { type ExpansionError, expandWord } from "../expand.ts";
import type { Flag, FlagField } from "../tree.ts";
import { isBoolean } from "./booleans.ts";
import { namesVariable } from "./copy.ts";
import type { Report } from "./report.ts";

const mountTypes = ["bind", "cache", "tmpfs", "secret", "ssh"] as const;
const SHARING = ["shared", "private", "locked"];

/** Every field of `--mount` (moby/buildkit, frontend/dockerfile/instructions/commands_runmount.go, read 2026-11). */
const mountFields: readonly string[] = [
  "type", "from", "source", "src", "target", "dst", "destination", "readonly", "ro", "readwrite", "rw", "required",
  "size", "id", "sharing", "mode", "uid", "gid", "env",
]; // biome-ignore format: a list to skim

const OWNED_BY: readonly string[] = ["mode", "uid", "gid"];

/** Undefined: it depends on a variable. */
type MountType = string | undefined;

/** Fields of one `--mount` that BuildKit does not know, or not for mounts of its type. */
export function checkMount(flag: Flag, report: Report, escapeCharacter: string): void {
  let type: MountType = "bind";
  const given = new Map<string, FlagField>();
  for (const field of flag.fields) {
    if (field.name === "") {
      report("field-without-value", "A field of `--mount` is empty.", field.span);
      break;
    }
    const key = KEYS.get(field.name) ?? field.name;
    given.set(key, field);
    const error = expansionError(field, escapeCharacter);
    if (error) {
      report(error.code, error.message, field.valueSpan ?? field.span);
      if (key === "type") type = undefined;
      continue;
    }
    if (key === "type" && field.value !== undefined) type = checkType(field, report);
    else checkField(field, key, type, report);
  }
  if (type === undefined) return;
  const ownable = type === "secret" || type === "ssh" || type === "cache";
  for (const key of OWNED_BY) {
    const field = given.get(key);
    if (field?.value !== undefined && !ownable) {
      report("mount-field-not-allowed", `\`${key}\` is not for a mount of type \`${type}\`.`, field.span);
    }
  }
  const sharing = given.get("sharing");
  if (sharing?.value && type !== "cache") {
    report("mount-field-not-allowed", `\`sharing\` is only for a mount of type \`cache\`.`, sharing.span);
  }
  if (type === "secret") checkSecret(flag, given, report);
  const source = type === "ssh" ? given.get("source") : undefined;
  if (source?.value)
    report("mount-field-not-allowed", "An SSH agent's socket has an `id`, not a `source`.", source.span);
}

/** BuildKit expands every value but that of `from`, and takes quotes away. */
function expansionError({ name, value }: FlagField, escapeCharacter: string): ExpansionError | undefined {
  if (value === undefined || name === "from" || !/['"$]/.test(value)) return undefined;
  return expandWord(value, () => "x", escapeCharacter).error;
}

const KEYS: ReadonlyMap<string, string> = new Map([
  ["src", "source"],
  ["dst", "target"],
  ["destination", "target"],
]);

function checkType(field: FlagField, report: Report): MountType {
  const { value = "", span, valueSpan } = field;
  if (/['"$\\`]/.test(value)) return undefined;
  const type = value.toLowerCase();
  if (mountTypes.some((it) => it === type)) return type;
  const suggestion = nearestName(type, mountTypes);
  const hint = suggestion ? ` Did you mean \`${suggestion}\`?` : "";
  report(
    "unknown-mount-type",
    `There is no mount of type \`${value}\`.${hint}`,
    valueSpan ?? span,
    suggestion,
  );
  return undefined;
}

function checkField(field: FlagField, key: string, type: MountType, report: Report): void {
  const { name, value, span, valueSpan } = field;
  const secretLike = type === undefined || type === "secret" || type === "ssh";
  const place = valueSpan ?? span;
  if (value === undefined) {
    if (["readonly", "ro", "readwrite", "rw"].includes(key) || (key === "required" && secretLike)) return;
    if (key === "required") {
      report("mount-field-not-allowed", notYetFor(name, type), span);
    } else if (!mountFields.includes(name)) reportUnknown(field, report);
    else report("field-without-value", `\`${name}\` needs a value: \`${name}=…\`.`, span);
    return;
  }
  if (key === "from") {
    if (!namesVariable(value)) return;
    const message =
      "`from` takes no variables; name a stage after the image with `FROM … AS` and mount from that.";
    report("from-with-variable", message, place);
    return;
  }
  if (!mountFields.includes(name)) {
    reportUnknown(field, report);
    return;
  }
  if ((key === "required" && !secretLike) || (key === "size" && type !== undefined && type !== "tmpfs")) {
    report("mount-field-not-allowed", notYetFor(name, type), span);
    return;
  }
  if (/['"$\\`]/.test(value) || isValid(key, value)) return;
  const suggestion = key === "sharing" ? nearestName(value, SHARING) : undefined;
  report(
    "invalid-mount-value",
    `\`${value}\` is no value for \`${name}\`: ${EXPECTED.get(key)}.`,
    place,
    suggestion,
  );
}

/** The fields are read in order, so one that only some types have must stand behind the type. */
function notYetFor(name: string, type: MountType): string {
  return `\`${name}\` is not for a mount of type \`${type}\`; \`type=\` has to stand before it.`;
}

function reportUnknown({ name, span }: FlagField, report: Report): void {
  const isPodmans = PODMANS.has(name);
  const suggestion = isPodmans ? PODMANS.get(name) : nearestName(name, mountFields);
  const hint = suggestion ? ` Did you mean \`${suggestion}\`?` : "";
  report(
    "unknown-mount-field",
    isPodmans
      ? `BuildKit's mounts have no field \`${name}\`, only Podman's do.${hint}`
      : `A mount has no field \`${name}\`.${hint}`,
    { start: span.start, end: span.start + name.length },
    suggestion,
  );
}

/**
 * What builds of Podman and Buildah know besides, and how BuildKit calls it, if it does (podman-build(1), "RUN --mount", and buildah's
 * internal/volumes, read 2026-11).
 */
const PODMANS: ReadonlyMap<string, string | undefined> = new Map([
  ["z", undefined],
  ["u", undefined],
  ["relabel", undefined],
  ["bind-propagation", undefined],
  ["tmpcopyup", undefined],
  ["tmpfs-mode", undefined],
  ["tmpfs-size", "size"],
]);

const EXPECTED: ReadonlyMap<string, string> = new Map([
  ["readonly", "`true` or `false`"],
  ["ro", "`true` or `false`"],
  ["readwrite", "`true` or `false`"],
  ["rw", "`true` or `false`"],
  ["required", "`true` or `false`"],
  ["sharing", "`shared`, `private` or `locked`"],
  ["mode", "an octal number"],
  ["uid", "a number"],
  ["gid", "a number"],
  ["size", "a number of bytes, or with a unit such as `64m`"],
]);

function isValid(key: string, value: string): boolean {
  switch (key) {
    case "readonly":
    case "ro":
    case "readwrite":
    case "rw":
    case "required":
      return isBoolean(value);
    case "sharing":
      return SHARING.includes(value.toLowerCase());
    case "mode":
      return /^[0-7]+$/.test(value) && Number.parseInt(value, 8) < 2 ** 32;
    case "uid":
    case "gid":
      return /^\d+$/.test(value) && Number(value) < 2 ** 32;
    case "size":
      return /^\d+(?:\.\d+)? ?(?:[kmgtp]?i?b?)$/i.test(value);
    default:
      return true;
  }
}

function checkSecret(flag: Flag, given: ReadonlyMap<string, FlagField>, report: Report): void {
  const from = given.get("from");
  if (from?.value)
    report("mount-field-not-allowed", "A secret comes from the build, not `from` a stage.", from.span);
  const source = given.get("source")?.value ?? "";
  const target = given.get("target")?.value ?? "";
  const id = given.get("id")?.value ?? "";
  if (source === "" && target === "" && id === "") {
    report(
      "secret-without-id",
      "A secret needs an `id`, or a `source`, or a `target`.",
      flag.valueSpan ?? flag.span,
    );
  }
  // A variable may be empty, and then it counts as not given.
  if (source !== "" && id !== "" && !`${source}${id}`.includes("$")) {
    report(
      "secret-with-two-ids",
      "A secret has an `id` or a `source`, not both.",
      flag.valueSpan ?? flag.span,
    );
  }
}
