import type { Span } from "../../../text/span.ts";
import { expandWord, UNKNOWN } from "../expand.ts";
import type { Flag, Instruction } from "../tree.ts";
import { isReference } from "./image-reference.ts";
import { argumentsSpan, type Check, type Report } from "./report.ts";

const STAGE_NAME = /^[a-z][a-z0-9\-_.]*$/;

export const checkFrom: Check = (instruction, { report }) => {
  const { words, flags } = instruction;
  const platform = flags.find((it) => it.name === "platform");
  if (platform) checkPlatform(platform, report);
  const [image, as, name] = words;
  if (image && as && name && words.length === 3 && as.raw.toUpperCase() === "AS") {
    const lower = name.raw.toLowerCase();
    // A stage's name can stand for a named context, so it has to be a reference as well.
    if (!STAGE_NAME.test(lower) || !isReference(lower)) {
      const message = `\`${name.raw}\` is no name for a stage: it starts with a letter and goes on with letters and digits, between which \`.\`, \`_\`, \`__\` or any number of \`-\` may stand.`;
      report("invalid-stage-name", message, name.span);
    }
  } else if (words.length !== 1) {
    const message = "FROM takes an image, or an image, `AS` and a name for the stage.";
    report("invalid-from", message, argumentsSpan(instruction));
  }
};

const OPERATING_SYSTEM = /^[A-Za-z0-9_-]+(?:\([^()]*\))?$/;
const PLATFORM_PART = /^[A-Za-z0-9_.-]+$/;

/** What may stand alone, being an operating system or an architecture (containerd/platforms, database.go, read 2026-11). */
const ALONE: ReadonlySet<string> = new Set([
  "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "macos", "nacl", "netbsd",
  "openbsd", "plan9", "solaris", "windows", "zos",
  "386", "aarch64", "amd64", "amd64p32", "arm", "arm64", "arm64be", "armbe", "armel", "armhf", "i386", "loong64", "mips",
  "mips64", "mips64le", "mips64p32", "mips64p32le", "mipsle", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x",
  "sparc", "sparc64", "wasm", "x86-64", "x86_64",
]); // biome-ignore format: a list to skim

/** `os`, `architecture`, `os/architecture` or `os/architecture/variant` (containerd/platforms, read 2026-11). */
function checkPlatform({ value = "", valueSpan, span }: Flag, report: Report): void {
  if (value === "" || /[$"'\\`]/.test(value)) return;
  const [system = "", ...parts] = value.split("/");
  const isAlone = parts.length > 0 || ALONE.has(system.toLowerCase()) || system.includes("(");
  if (
    isAlone &&
    OPERATING_SYSTEM.test(system) &&
    parts.length <= 2 &&
    parts.every((it) => PLATFORM_PART.test(it))
  )
    return;
  report("invalid-platform", `\`${value}\` is no platform; write e.g. \`linux/amd64\`.`, valueSpan ?? span);
}

/**
 * Reports images that no registry can have, in FROM and COPY --from. COPY finds stages in any case; FROM reads the name
 * as that of an image first and refuses capital letters, those of a stage too (tried with Docker 28.5, 2026-11).
 */
export function checkImageReferences(
  instructions: readonly Instruction[],
  report: Report,
  escapeCharacter: string,
): void {
  const stages = new Set<string>(["scratch"]);
  const check = (value: string | undefined, span: Span) => {
    if (!value || isReference(value)) return;
    const lower = value.toLowerCase();
    const suggestion = isReference(lower) ? lower : undefined;
    const message = suggestion
      ? `The name of an image is written in lower case: \`${suggestion}\`.`
      : `\`${value}\` is no reference to an image.`;
    report("invalid-image-reference", message, span, suggestion);
  };
  for (const instruction of instructions) {
    if (instruction.name === "FROM") {
      const [image, , stage] = instruction.words;
      if (!image) continue;
      const { value } = expandWord(image.raw, () => UNKNOWN, escapeCharacter);
      if (value === "") report("invalid-image-reference", "FROM needs the name of an image.", image.span);
      check(value, image.span);
      if (stage) stages.add(stage.raw.toLowerCase());
    } else if (instruction.name === "COPY") {
      const from = instruction.flags.find((it) => it.name === "from");
      const isStage = from?.value !== undefined && stages.has(from.value.toLowerCase());
      if (from?.value && !isStage && !from.value.includes("$"))
        check(from.value, from.valueSpan ?? from.span);
    }
  }
}
