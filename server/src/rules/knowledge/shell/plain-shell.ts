import type { BuildContext } from "../../../model/context/build-context.ts";
import type { Command } from "../../../syntax/shell/script.ts";

/**
 * Does what this call of bash runs hold nothing that only bash understands? A script in a file is read from the build
 * context, where there is one; of a file that cannot be read it is not known.
 */
export function runsInPlainShell({ arguments: words }: Command, context: BuildContext | undefined): boolean {
  const [first, second] = words;
  if (!first) return true;
  if (first.literal === undefined) return false;
  if (/^-[eux]*c$/.test(first.literal)) return second !== undefined && isPlainScript(second.raw);
  if (first.literal.startsWith("-") || first.literal.startsWith("/")) return false;
  const text = context?.read(first.literal.replace(/^\.\//, ""));
  return text !== undefined && isPlainScript(text);
}

/** Nothing of bash's own: tests in `[[`, arithmetic in `((`, arrays, here-strings, `<( )`, `${x//…}`, `&>`, pipefail. */
function isPlainScript(text: string): boolean {
  return !BASH_ONLY.test(text);
}

const BASH_ONLY =
  /\[\[|\(\(|<<<|[<>]\(|&>|>&[^\d-]|\|&|\$'|\$\{!|\$\{\w+(\/|\^|,|:\d|:\$|\[|@)|\w\+?=\(|\b(function|source|declare|typeset|local|mapfile|readarray|shopt|pushd|popd|select|pipefail|BASH_\w+|PIPESTATUS|RANDOM|SECONDS)\b|\{\w+\.\.\w+\}|\{\w*,[\w,]*\}|==|^\s*set\s.*-o\b/m;
