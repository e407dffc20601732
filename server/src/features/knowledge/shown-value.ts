import { isSecretToHadolint } from "../../rules/knowledge/secrets.ts";
import type { VariableLookup } from "../../syntax/compose/interpolate.ts";

/** What stands for a value that is not shown. */
const HIDDEN = "•••";

/** Does a variable of this name hold a secret? `DB_PASSWORD_FILE` only says where one is. */
export function holdsSecret(name: string): boolean {
  return (
    !/_FILE$/i.test(name) &&
    (isSecretToHadolint(name) ||
      /pass(?:wd|phrase|code)?(?:_|$)|(?:^|_)(?:pwd|pw|salt|private|cred)/i.test(name))
  );
}

/** A value with variables filled in, but those that hold a secret. */
export function shownLookup(lookup: VariableLookup): VariableLookup {
  return (name) => {
    const value = lookup(name);
    return value === undefined ? undefined : shownValue(name, value);
  };
}

/** The value of a variable as it may stand on a screen: a secret is never shown, nor the password in an address. */
export function shownValue(name: string, value: string): string {
  if (value === "") return "";
  return holdsSecret(name) ? HIDDEN : withoutPasswords(value);
}

/** A text with the passwords of its addresses, and those of `password=…`, hidden. */
function withoutPasswords(text: string): string {
  return text
    .replace(/([a-z][\w+.-]*:\/\/[^\s:@/]*:)[^\s@/]+(@)/gi, `$1${HIDDEN}$2`)
    .replace(
      /((?:password|passwd|pwd|secret|token|requirepass|api[-_]?key)["']?\s*[=:\s]\s*["']?)[^\s"'&;,]+/gi,
      `$1${HIDDEN}`,
    );
}

/** Lines of a Compose file with the values of secrets hidden; a variable that stands for one says nothing. */
export function yamlWithoutSecrets(yaml: string): string {
  return yaml
    .split("\n")
    .map((line) => {
      const [, start = "", name, behind = "", value = ""] =
        /^([\s-]*["']?)([\w.-]+)(["']?[ \t]*[:=][ \t]*)(\S.*)$/.exec(line) ?? [];
      if (name === undefined) return withoutPasswords(line);
      const isVariable = /^["']?\$\{?\w+(?::?\??\})?["']?$/.test(value);
      return holdsSecret(name) && !isVariable ? `${start}${name}${behind}${HIDDEN}` : withoutPasswords(line);
    })
    .join("\n");
}
