import { hidden, isSecretOption, textWithoutSecrets } from "../../../../client/src/shared/secrets.ts";
import { isSecretToHadolint } from "../../rules/knowledge/secrets/secret-names.ts";
import type { VariableLookup } from "../../syntax/compose/interpolate.ts";

/**
 * Does a variable of this name hold a secret? What linters take for one counts too, such as `AUTH_KEY`: their findings beside a value that
 * is shown would be odd. `DB_PASSWORD_FILE` only says where one is.
 */
export function holdsSecret(name: string): boolean {
  return isSecretOption(name) || isSecretToHadolint(name);
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
  return holdsSecret(name) ? hidden : textWithoutSecrets(value);
}

/** Lines of a Compose file with the values of secrets hidden; a variable that stands for one says nothing. */
export function yamlWithoutSecrets(yaml: string): string {
  return yaml
    .split("\n")
    .map((line) => {
      const [, start = "", name, behind = "", value = ""] =
        /^([\s-]*["']?)([\w.-]+)(["']?[ \t]*[:=][ \t]*)(\S.*)$/.exec(line) ?? [];
      if (name === undefined || !holdsSecret(name)) return textWithoutSecrets(line);
      const isVariable = /^["']?\$\{?\w+(?::?\??\})?["']?$/.test(value);
      return isVariable ? line : `${start}${name}${behind}${hidden}`;
    })
    .join("\n");
}
