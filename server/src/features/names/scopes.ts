import type { NameKind } from "./name.ts";
import type { ComposeSource } from "./sources.ts";

/** Which files' names a Compose file means. */
export class Scopes {
  /** By scope, then by kind. */
  readonly #declared = new Map<string, Map<NameKind, Set<string>>>();

  declare(kind: NameKind, scope: string, name: string): void {
    const kinds = this.#declared.get(scope) ?? new Map<NameKind, Set<string>>();
    this.#declared.set(scope, kinds);
    const names = kinds.get(kind) ?? new Set();
    names.add(name);
    kinds.set(kind, names);
  }

  has(kind: NameKind, scope: string, name: string): boolean {
    return this.#declared.get(scope)?.get(kind)?.has(name) === true;
  }

  /** Is there anything of this name that a file may mean? */
  knows(kind: NameKind, name: string, { group, inner, outer }: ComposeSource): boolean {
    return [group, ...inner, ...outer].some((it) => this.has(kind, it, name));
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
