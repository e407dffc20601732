import { readHead } from "../here-documents.ts";
import type { Flag, Instruction } from "../tree.ts";
import { argumentsSpan, type Check, type Report } from "./report.ts";

/** COPY and ADD. */
export const checkCopy: Check = (instruction, { report }) => {
  const { name, words, flags } = instruction;
  const destination = words.at(-1);
  if (!destination || words.length < 2) {
    const message = `${name} needs a source and a destination.`;
    report("missing-destination", message, argumentsSpan(instruction));
  } else if (readHead(destination.raw)) {
    report("here-document-as-destination", "A here-document cannot be the destination.", destination.span);
  }
  for (const flag of flags) {
    if (flag.value === undefined) continue;
    if (flag.name === "chmod") checkMode(flag, report);
    if (flag.name === "from" && name === "COPY") checkFromVariable(flag, report);
    if (flag.name === "checksum" && name === "ADD") checkChecksum(flag, instruction, report);
  }
};

const SYMBOLIC_MODE = /^[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+(?:,[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+)*$/;

function checkMode({ value = "", valueSpan, span }: Flag, report: Report): void {
  if (value === "" || value.includes("$")) return;
  const isOctal = /^[0-7]+$/.test(value);
  if (isOctal ? Number.parseInt(value, 8) <= 0o7777 : SYMBOLIC_MODE.test(value)) return;
  report(
    "invalid-mode",
    "The mode is an octal number up to 7777, or symbols such as `u=rwX,go=rX`.",
    valueSpan ?? span,
  );
}

/** BuildKit expands no variable here, and no stage or image is named so. */
function checkFromVariable({ value = "", valueSpan, span }: Flag, report: Report): void {
  if (!namesVariable(value)) return;
  const message =
    "`--from` takes no variables; name a stage after the image with `FROM … AS` and copy from that.";
  report("from-with-variable", message, valueSpan ?? span);
}

/** A `$` at the very end stands for itself. */
export function namesVariable(value: string): boolean {
  const dollar = value.indexOf("$");
  return dollar >= 0 && dollar < value.length - 1;
}

const DIGEST_LENGTHS: ReadonlyMap<string, number> = new Map([
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128],
]);

function checkChecksum(flag: Flag, { words }: Instruction, report: Report): void {
  const { value = "", valueSpan, span } = flag;
  if (value === "") return;
  const sources = words.slice(0, -1).filter(({ raw }) => !readHead(raw));
  const [source] = sources;
  if (sources.length > 1) {
    report("checksum-of-several-sources", "`--checksum` can be used with one source only.", span);
  } else if (source && !source.raw.includes("$") && isLocal(source.raw)) {
    report("checksum-of-local-file", "`--checksum` is for files from a URL and for git repositories.", span);
  }
  if (!value.includes("$") && !isChecksum(value)) {
    const message = "The checksum is an algorithm and its digits, `sha256:…`, or a git commit.";
    report("invalid-checksum", message, valueSpan ?? span);
  }
}

/** What certainly is neither a URL nor a git repository: no scheme, no `user@host:`, and not `host/path.git`. */
function isLocal(source: string): boolean {
  return !/[:@]/.test(source) && !/\.git(?:#|\/|$)/.test(source) && !source.startsWith("github.com/");
}

function isChecksum(value: string): boolean {
  const colon = value.indexOf(":");
  // A git source takes the commit's own hash, whole or as a prefix.
  if (colon < 0) return /^[0-9a-f]+$/i.test(value);
  return (
    value.length - colon - 1 === DIGEST_LENGTHS.get(value.slice(0, colon)) &&
    /^[0-9a-f]+$/.test(value.slice(colon + 1))
  );
}
