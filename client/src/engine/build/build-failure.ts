import { EngineError } from "../engine.ts";
import type { BuildLog } from "./build-log.ts";

/** Makes the sentence for the user out of what the builder said and the step at which it happened. */
export function buildFailure(said: string, log: BuildLog | undefined): EngineError {
  const step = log?.failing;
  const cause = withoutWrapping(said.trim());
  const tail = step && log ? log.tail(step) : [];
  const message = explained(cause, tail);
  const line = /(?:dockerfile parse error )?on line (\d+)\b/i.exec(said)?.[1];
  return new EngineError(
    {
      kind: "build-failed",
      message: cause,
      step: step?.name,
      log: tail,
      ...(line !== undefined && { line: Number(line) }),
    },
    // An internal step would tell the reader nothing.
    step?.position !== undefined
      ? `The build failed at “${shortened(step.instruction)}”: ${message}.`
      : `The build failed: ${message}.`,
  );
}

/** Podman (4.3.1 and 5.4.2) repeats the step, and shows its parser's own data, with the values of the step's variables. */
export function withoutWrapping(said: string): string {
  return said
    .replace(/\bcommitting container for step \{Env:\[.*? Original:.*?\}: /gs, "")
    .replace(/^building at STEP ".*?": (?=while running runtime|checking on sources|Build error)/s, "")
    .replace(/^while running runtime: exit status (\d+)$/, "exit code $1")
    .replace(/^Build error: (.*) &imagebuilder\.Step\{.*$/s, "$1");
}

const noSpace = /no space left on device/i;
const diskIsFull =
  "the engine's disk is full. Remove what is unused (“docker system df”, “docker builder prune”), then try again";

/** Wordings of BuildKit and the classic builder in engines 20.10 to 28. `tail` are the last lines of the step's output. */
function explained(said: string, tail: readonly string[]): string {
  const code = /(?:exit code:?|returned a non-zero code:) (\d+)/.exec(said)?.[1];
  // A program says it in its own output, and as it likes in its exit code.
  if (code !== undefined && tail.some((it) => noSpace.test(it))) return `exit code ${code}, as ${diskIsFull}`;
  if (code !== undefined)
    return code === "137" ? "it was killed (exit code 137), perhaps for want of memory" : `exit code ${code}`;
  const missing = /failed to (?:calculate checksum|compute cache key).*?"([^"]+)": not found$/s.exec(
    said,
  )?.[1];
  const missingAtPodman = /^checking on sources .*: copier: stat: "([^"]+)": no such file/s.exec(said)?.[1];
  if (missing !== undefined || missingAtPodman !== undefined)
    return `“${(missing ?? missingAtPodman ?? "").replace(/^\//, "")}” was not found. It may be misspelt, left out by an ignore file, or missing in the stage that it is copied from`;
  const image = /^(\S+): failed to resolve source metadata for \S+: (.*)$/s.exec(said);
  const atPodman = /^creating build container: initializing source docker:\/\/(\S+): (.*)$/s.exec(said);
  if (atPodman) return `the image ${atPodman[1]} could not be fetched: ${withoutDot(atPodman[2] ?? "")}`;
  if (image) return `the image ${image[1]} could not be fetched: ${withoutDot(image[2] ?? "")}`;
  const secret = /secret ([\w.-]+): not found$/.exec(said)?.[1];
  if (secret !== undefined)
    return `it needs the secret “${secret}”, which was not given. Say on the build sheet where it comes from`;
  if (/no SSH key "[^"]*" forwarded from the client|unset ssh forward key/.test(said))
    return "it needs an SSH agent, and none was forwarded. Choose one on the build sheet";
  if (said === "syntax error in pattern") return "the ignore file has a pattern that Docker cannot read";
  if (noSpace.test(said)) return diskIsFull;
  return withoutDot(said.replace(/^failed to solve: /, ""));
}

function withoutDot(text: string): string {
  return text.replace(/\.$/, "");
}

/** An instruction for a sentence. */
export function shortened(instruction: string): string {
  const flat = instruction.replace(/\s+/g, " ").trim();
  return flat.length > 80 ? `${flat.slice(0, 79)}…` : flat;
}
