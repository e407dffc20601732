import type { EffectiveScalar } from "../../model/compose/effective/tree.ts";

/**
 * Takes what looks secret out of a value: a text, or the words of a list. `name` is what the value belongs to. The one judge of that is
 * shared with the client; whoever asks a feature hands it in.
 */
export type HideSecrets = (value: unknown, name?: string) => unknown;

/** Would any value of this name be hidden? */
export function isSecretName(name: string, hide: HideSecrets): boolean {
  return hide("x", name) !== "x";
}

/** A text without what looks secret in it. */
export function hideText(text: string, name: string, hide: HideSecrets): string {
  const shown = hide(text, name);
  return typeof shown === "string" ? shown : text;
}

/** Whether a variable decided the text whose value is nobody's business. */
export function usesSecret({ parts }: EffectiveScalar, hide: HideSecrets): boolean {
  return parts?.some((it) => it.variables.some((name) => isSecretName(name, hide))) === true;
}
