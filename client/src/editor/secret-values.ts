import { looksSecret } from "./image-name.ts";

/** What stands for a value that is not shown. */
export const hidden = "•••";

/** `NAME=value` of a variable whose value is nobody's business: by its name, or a password in a URL. */
export function isSecretVariable(variable: string): boolean {
  const at = variable.indexOf("=");
  const name = at < 0 ? variable : variable.slice(0, at);
  return looksSecret(name) || (at >= 0 && hasPassword(variable.slice(at + 1)));
}

/** `NAME=value` for the screen. */
export function shownVariable(variable: string): string {
  return isSecretVariable(variable) ? `${variable.split("=")[0]}=${hidden}` : variable;
}

/** A command with a password among its words: `--token=x`, `-e PASSWORD=x`, `--password x`, a URL. */
export function hasSecretWord(words: readonly string[]): boolean {
  return words.some((it, at) => {
    const name = /^(.*?)=/.exec(it)?.[1];
    if (hasPassword(it) || (name !== undefined && looksSecret(name))) return true;
    return /^-/.test(it) && looksSecret(it) && at + 1 < words.length;
  });
}

/** The engine's JSON with the values of such variables hidden. Changes nothing of what it is given. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) => [
      key,
      key === "Env" && Array.isArray(it)
        ? it.map((variable) => (typeof variable === "string" ? shownVariable(variable) : variable))
        : withoutSecrets(it),
    ]),
  );
}

function hasPassword(value: string): boolean {
  return /:\/\/[^/\s:@]*:[^@\s/]+@/.test(value);
}
