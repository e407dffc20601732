import type { EffectiveNode, EffectiveProject, EffectiveScalar, Origin } from "../effective/tree.ts";

/** A project of several files as one Compose file, for rules to read; people are shown `features/effective-compose.ts`. */
export interface WholeText {
  readonly text: string;
  /** Each line has one key or item; in order. */
  readonly lines: readonly WholeLine[];
}

export interface WholeLine {
  /** Offset of the line in the text. */
  readonly start: number;
  /** Offset behind the key; of an item, which has none, of the item. */
  readonly keyEnd: number;
  /** The key, or undefined for an item. */
  readonly key: string | undefined;
  readonly origin: Origin;
  /** Of the item that begins with this key. */
  readonly item: Origin | undefined;
  /** The service that begins here, or to which it belongs. */
  readonly service: string | undefined;
}

/** More is no project: aliases of aliases can say the same thing millions of times. */
const MOST_LINES = 200_000;

/**
 * The project as YAML, one key or item a line, each text in double quotes. What a variable that is not known to be set decides is
 * written as a variable that nobody sets, so that whoever reads the text does not know it either. Undefined where it is too long.
 */
export function wholeText(project: EffectiveProject): WholeText | undefined {
  const writer = new Writer();
  for (const [key, node] of project.root?.entries ?? [])
    if (key !== "version" && !key.startsWith("x-")) writer.section(key, node);
  return writer.isFull ? undefined : { text: writer.parts.join(""), lines: writer.lines };
}

class Writer {
  readonly parts: string[] = [];
  readonly lines: WholeLine[] = [];
  #length = 0;
  #service: string | undefined;
  #item: Origin | undefined;

  get isFull(): boolean {
    return this.lines.length >= MOST_LINES;
  }

  section(key: string, node: EffectiveNode): void {
    this.#service = undefined;
    if (key !== "services" || node.kind !== "mapping" || node.entries.size === 0) {
      this.#entry(key, node, "");
      return;
    }
    this.#line('"services"', '"services":', key, node.origin);
    for (const [name, service] of node.entries) {
      this.#service = name;
      this.#entry(name, service, "  ");
    }
  }

  /** `item` is the one that begins with this key: its dash takes the place of two blanks. */
  #entry(key: string, node: EffectiveNode, indent: string, item?: Origin): void {
    if (node.implied || this.isFull) return;
    const head = `${item ? `${indent.slice(2)}- ` : indent}${JSON.stringify(key)}`;
    this.#item = item;
    this.#value(head, `${head}:`, key, node, indent);
  }

  #value(head: string, start: string, key: string | undefined, node: EffectiveNode, indent: string): void {
    if (node.kind === "scalar") {
      this.#line(head, `${start}${scalar(node)}`, key, node.origin);
      return;
    }
    const entries = node.kind === "mapping" ? [...node.entries].filter(([, it]) => !it.implied) : [];
    const items = node.kind === "sequence" ? node.items : [];
    if (entries.length === 0 && items.length === 0) {
      this.#line(head, `${start} ${node.kind === "mapping" ? "{}" : "[]"}`, key, node.origin);
      return;
    }
    this.#line(head, start, key, node.origin);
    for (const [name, it] of entries) this.#entry(name, it, `${indent}  `);
    for (const it of items) this.#listed(it, `${indent}  `);
  }

  #listed(node: EffectiveNode, indent: string): void {
    if (this.isFull) return;
    if (node.kind === "scalar" || node.kind === "sequence") {
      this.#value(`${indent}-`, `${indent}-`, undefined, node, indent);
      return;
    }
    const entries = [...node.entries].filter(([, it]) => !it.implied);
    if (entries.length === 0) this.#line(`${indent}-`, `${indent}- {}`, undefined, node.origin);
    for (const [at, [key, it]] of entries.entries())
      this.#entry(key, it, `${indent}  `, at === 0 ? node.origin : undefined);
  }

  #line(head: string, text: string, key: string | undefined, origin: Origin): void {
    this.lines.push({
      start: this.#length,
      keyEnd: this.#length + head.length,
      key,
      origin,
      item: this.#item,
      service: this.#service,
    });
    this.#item = undefined;
    this.parts.push(`${text}\n`);
    this.#length += text.length + 1;
  }
}

/** A variable that nobody sets. */
const OPEN = "PLIMSOLL_NOT_KNOWN";

/** With the blank before it; nothing for what is empty. */
function scalar({ value, type, parts }: EffectiveScalar): string {
  if (type === "null") return "";
  if (!parts) return ` ${type === "string" ? JSON.stringify(value.replaceAll("$", "$$$$")) : value}`;
  const text = parts.map((it) => {
    if (!it.open) return it.text.replaceAll("$", "$$$$");
    // What is probably meant is enough for names that are only looked up.
    return it.text === "" || /[$}]/.test(it.text) ? `\${${OPEN}}` : `\${${OPEN}:-${it.text}}`;
  });
  return ` ${JSON.stringify(text.join(""))}`;
}
