import type { Mention, NameKind } from "./name.ts";
import type { ComposeSource } from "./sources.ts";

/** Which files' names a Compose file means. */
export class Scopes {
  readonly #declared = new Map<string, Set<string>>();

  declare({ kind, place, scope = "" }: Mention): void {
    const key = `${kind}\n${scope}`;
    const names = this.#declared.get(key) ?? new Set();
    names.add(place.text);
    this.#declared.set(key, names);
  }

  has(kind: NameKind, scope: string, name: string): boolean {
    return this.#declared.get(`${kind}\n${scope}`)?.has(name) === true;
  }

  /**
   * The groups whose name a file means: its own if that declares it, else one that it includes, else those that include it, of
   * which there may be several. What is declared nowhere counts as its own.
   */
  of(kind: NameKind, name: string, { group, inner, outer }: ComposeSource): readonly string[] {
    const isDeclared = (it: string) => this.has(kind, it, name);
    const nearest = [group, ...inner].find(isDeclared);
    if (nearest !== undefined) return [nearest];
    const around = outer.filter(isDeclared);
    return around.length > 0 ? around : [group];
  }
}
