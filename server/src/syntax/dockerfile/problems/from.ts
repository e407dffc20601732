import { expandWord, UNKNOWN } from "../expand.ts";
import type { Instruction } from "../tree.ts";
import { argumentsSpan, type Check, type Report } from "./report.ts";

const STAGE_NAME = /^[a-z][a-z0-9\-_.]*$/;

export const checkFrom: Check = (instruction, { report }) => {
  const { words } = instruction;
  const [image, as, name] = words;
  if (image && as && name && words.length === 3 && as.raw.toUpperCase() === "AS") {
    if (!STAGE_NAME.test(name.raw.toLowerCase())) {
      const message = `\`${name.raw}\` is no name for a stage: it starts with a letter, then letters, digits, \`-\`, \`_\` and \`.\` follow.`;
      report("invalid-stage-name", message, name.span);
    }
  } else if (words.length !== 1) {
    const message = "FROM takes an image, or an image, `AS` and a name for the stage.";
    report("invalid-from", message, argumentsSpan(instruction));
  }
};

/** Reports images that no registry can have; names of stages before are none. */
export function checkImageReferences(
  instructions: readonly Instruction[],
  report: Report,
  escapeCharacter: string,
): void {
  const stages = new Set<string>(["scratch"]);
  for (const { name, words } of instructions) {
    const [image, , stage] = words;
    if (name !== "FROM" || !image) continue;
    const { value } = expandWord(image.raw, () => UNKNOWN, escapeCharacter);
    if (value && !isReference(value) && !stages.has(value.toLowerCase())) {
      const lower = value.toLowerCase();
      const suggestion = isReference(lower) ? lower : undefined;
      const message = suggestion
        ? `The name of an image is written in lower case: \`${suggestion}\`.`
        : `\`${value}\` is no reference to an image.`;
      report("invalid-image-reference", message, image.span, suggestion);
    }
    if (stage) stages.add(stage.raw.toLowerCase());
  }
}

const DOMAIN =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::\d+)?$/;
const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** The grammar of distribution/reference (read 2026-11): registry, path in lower case, tag, digest. */
function isReference(text: string): boolean {
  let name = text;
  const at = name.indexOf("@");
  if (at >= 0) {
    if (!DIGEST.test(name.slice(at + 1))) return false;
    name = name.slice(0, at);
  }
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  if (slash >= 0 && (/[.:A-Z]/.test(first) || first === "localhost")) {
    if (!DOMAIN.test(first)) return false;
    name = name.slice(slash + 1);
  }
  const colon = name.indexOf(":");
  if (colon >= 0) {
    if (!TAG.test(name.slice(colon + 1))) return false;
    name = name.slice(0, colon);
  }
  return !/^[0-9a-f]{64}$/.test(name) && name.split("/").every((it) => PATH.test(it));
}
