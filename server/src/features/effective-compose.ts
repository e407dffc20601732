import {
  type EffectiveNode,
  type EffectiveProject,
  type EffectiveScalar,
  isEmpty,
  type Origin,
  type SourceFile,
} from "../model/compose/effective/tree.ts";
import { type HideSecrets, hideText, usesSecret } from "./effective/secrets.ts";
import { blockLines, scalarText } from "./effective/yaml-text.ts";

/** A project as one Compose file. */
export interface EffectiveText {
  readonly text: string;
  /** Where what begins on a line was written; lines from 0, in order. */
  readonly places: readonly { readonly line: number; readonly origin: Origin }[];
}

/** Nobody reads on behind it, and an editor has to hold it. */
const MOST_LINES = 50_000;

/**
 * The project as one file, merged and interpolated, with what is wrong with it at its top and the place of each value that is not the
 * main file's behind it: once for a whole that is from one file. What looks secret is hidden. A variable without a value is left as it is
 * written.
 */
export function effectiveText(project: EffectiveProject, hide: HideSecrets): EffectiveText {
  const writer = new Writer(project, hide);
  writer.write();
  return { text: `${writer.lines.join("\n")}\n`, places: writer.places };
}

/** `compose.override.yaml:12` */
export function placeText({ source, span }: Origin): string {
  return `${source.name}:${source.file.lines.lineAt(span.start) + 1}`;
}

class Writer {
  readonly lines: string[] = [];
  readonly places: { line: number; origin: Origin }[] = [];
  readonly #project: EffectiveProject;
  readonly #hide: HideSecrets;
  readonly #sole = new Map<EffectiveNode, SourceFile | undefined>();
  readonly #unset = new Set<string>();

  constructor(project: EffectiveProject, hide: HideSecrets) {
    this.#project = project;
    this.#hide = hide;
  }

  write(): void {
    const { root, main, problems, sources } = this.#project;
    for (const [key, node] of root?.entries ?? []) if (key !== "version") this.#entry(key, node, "", main);
    if (this.lines.length >= MOST_LINES)
      this.lines.push("# The rest is left out: this is too long to be read.");
    const head = [
      `# ${sources.map((it) => it.name).join(" + ") || "No file"}: merged and interpolated, before the shell's own variables.`,
      ...problems.map(
        (it) => `# Problem in ${placeText(it.origin)}: ${hideText(oneLine(it.message), "", this.#hide)}`,
      ),
      ...(this.#unset.size > 0
        ? [`# Without a value here, and empty unless the shell has one: ${[...this.#unset].join(", ")}.`]
        : []),
      "",
    ];
    this.lines.unshift(...head);
    for (const it of this.places) it.line += head.length;
  }

  #entry(key: string, node: EffectiveNode, indent: string, told: SourceFile | undefined): void {
    if (this.lines.length >= MOST_LINES || (node.implied && key !== "condition")) return;
    this.#value(`${indent}${scalarText(key)}:`, key, node, indent, told);
  }

  /** `head` is what stands before the value on its line: a key, or the dash of a list. */
  #value(
    head: string,
    name: string,
    node: EffectiveNode,
    indent: string,
    told: SourceFile | undefined,
  ): void {
    this.places.push({ line: this.lines.length, origin: node.origin });
    const { comment, now } = this.#comment(node, told);
    if (node.kind === "scalar") {
      this.#scalar(head, name, node, indent, comment);
    } else if (node.kind === "mapping") {
      if (node.entries.size === 0) this.lines.push(`${head} {}${comment}`);
      else {
        this.lines.push(`${head}${comment}`);
        for (const [key, it] of node.entries) this.#entry(key, it, `${indent}  `, now);
      }
    } else if (node.items.length === 0) this.lines.push(`${head} []${comment}`);
    else {
      this.lines.push(`${head}${comment}`);
      this.#items(node.items, `${indent}  `, now);
    }
  }

  #items(items: readonly EffectiveNode[], indent: string, told: SourceFile | undefined): void {
    // A word can be the password of the option before it, so words are looked at together.
    const shown = this.#words(items);
    for (const [at, item] of items.entries()) {
      if (this.lines.length >= MOST_LINES) return;
      if (item.kind !== "mapping" || item.entries.size === 0) {
        const word = shown?.[at];
        if (item.kind === "scalar" && word !== undefined && word !== item.value)
          this.#value(`${indent}-`, "", { ...item, value: word, parts: undefined }, indent, told);
        else this.#value(`${indent}-`, "", item, indent, told);
        continue;
      }
      const { comment, now } = this.#comment(item, told);
      const start = this.lines.length;
      this.places.push({ line: start, origin: item.origin });
      for (const [key, it] of item.entries) this.#entry(key, it, `${indent}  `, now);
      this.lines[start] = `${indent}- ${(this.lines[start] ?? "").slice(indent.length + 2)}${comment}`;
    }
  }

  #words(items: readonly EffectiveNode[]): readonly string[] | undefined {
    if (!items.every((it) => it.kind === "scalar")) return undefined;
    const shown = this.#hide(items.map((it) => it.value));
    return Array.isArray(shown) ? shown.map(String) : undefined;
  }

  #scalar(head: string, name: string, node: EffectiveScalar, indent: string, comment: string): void {
    if (isEmpty(node)) {
      this.lines.push(`${head}${comment}`);
      return;
    }
    const text = this.#shown(node, name);
    const block = blockLines(text);
    if (block) {
      this.lines.push(`${head} ${block.head}${comment}`);
      for (const line of block.lines) this.lines.push(line === "" ? "" : `${indent}  ${line}`);
      return;
    }
    const isTyped = node.type !== "string" && text === node.value;
    this.lines.push(`${head} ${isTyped ? text : scalarText(text)}${comment}`);
  }

  /** As it is shown: a dollar as two, a variable without a value as it is written, and without secrets. */
  #shown(node: EffectiveScalar, name: string): string {
    const { parts, value } = node;
    for (const { unset, variables } of parts ?? []) {
      const variable = variables.at(-1);
      if (unset !== undefined && variable !== undefined) this.#unset.add(variable);
    }
    const isHidden = usesSecret(node, this.#hide);
    const text = parts
      ? parts
          .map((it) => {
            if (it.unset !== undefined) return it.unset;
            const owner = isHidden ? it.variables.find((known) => this.#hide("x", known) !== "x") : undefined;
            return owner === undefined ? escaped(it.text) : hideText(it.text, owner, this.#hide);
          })
          .join("")
      : escaped(value);
    const isOpen = parts?.every((it) => it.unset !== undefined);
    return isOpen ? text : hideText(text, name, this.#hide);
  }

  /** The place of a value, where it is another file's than what stands around it. */
  #comment(
    node: EffectiveNode,
    told: SourceFile | undefined,
  ): { readonly comment: string; readonly now: SourceFile | undefined } {
    const sole = this.#soleSource(node);
    return sole === undefined || sole === told || node.implied
      ? { comment: "", now: told }
      : { comment: `  # ${placeText(node.origin)}`, now: sole };
  }

  /** The file that all of a value is from; undefined when it is from several. */
  #soleSource(node: EffectiveNode): SourceFile | undefined {
    if (node.kind === "scalar") return node.origin.source;
    if (this.#sole.has(node)) return this.#sole.get(node);
    const parts = node.kind === "mapping" ? node.entries.values() : node.items;
    let sole: SourceFile | undefined = node.origin.source;
    for (const it of parts) if (sole && this.#soleSource(it) !== sole) sole = undefined;
    this.#sole.set(node, sole);
    return sole;
  }
}

function escaped(text: string): string {
  return text.replaceAll("$", "$$$$");
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
