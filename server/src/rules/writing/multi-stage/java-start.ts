import type { Stage } from "../../../model/stage/stage.ts";
import type { CommandSetting } from "../../../model/stage/state.ts";
import type { Script } from "../../../syntax/shell/script.ts";
import { unmapped } from "../../../text/mapped-text.ts";

/** `java -jar app.jar`, as a container starts it. */
export interface JavaStart {
  /** As written. */
  readonly jar: string;
  /** The other words of the command, as written. */
  readonly words: readonly string[];
}

/**
 * The jar that a stage's own ENTRYPOINT and CMD start; undefined for anything else. What the base image would start in front
 * of it goes with the base: the entrypoints of Java's images end in `exec "$@"`.
 */
export function javaStart(stage: Stage): JavaStart | undefined {
  const { entrypoint, command } = stage.result;
  const own = [entrypoint, command].flatMap((it) =>
    it.known && it.value?.instruction && stage.instructions.includes(it.value.instruction) ? [it.value] : [],
  );
  const [first, second] = own;
  if (!first) return undefined;
  // Shell form takes no further words.
  if (first.form === "shell") return ofScript(stage.scriptOf(first.instruction ?? stage.from));
  if (second?.form === "shell") return undefined;
  const words = own.flatMap((it: CommandSetting) => it.words.map((word) => word.raw));
  const [program, option, line] = words;
  if (/^(\/bin\/)?(ba)?sh$/.test(program ?? ""))
    return option === "-c" && line !== undefined && words.length === 3
      ? ofScript(stage.model.inputs.shell.read(unmapped(line)))
      : undefined;
  return ofWords(words);
}

/** A script of this command alone. */
function ofScript(script: Script | undefined): JavaStart | undefined {
  const [only, ...more] = script?.commands ?? [];
  if (!script?.complete || !only?.name || more.length > 0 || only.background || only.conditional)
    return undefined;
  if (only.redirections.length > 0 || only.assignments.length > 0) return undefined;
  const words = [only.name, ...only.arguments].map((it) => it.literal ?? it.raw);
  return ofWords(words[0] === "exec" ? words.slice(1) : words);
}

function ofWords([program, ...words]: readonly string[]): JavaStart | undefined {
  const at = words.indexOf("-jar");
  const jar = words[at + 1];
  if (program !== "java" || at < 0 || jar === undefined || !/^[\w./-]+\.jar$/.test(jar)) return undefined;
  return { jar, words: words.filter((_, index) => index !== at && index !== at + 1) };
}
