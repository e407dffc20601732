import type { Node } from "web-tree-sitter";
import type { Span } from "../../text/span.ts";
import { type Flow, flowOf } from "./flow.ts";
import type { Assignment, Command, Redirection, Script, ShellWord } from "./script.ts";
import { shellWord } from "./word.ts";
import { splitWords } from "./words.ts";

/** Flattens the tree that tree-sitter-bash made of `text`. Spans are offsets of `text`. */
export function readGrammarScript(text: string, root: Node): Script {
  const walk = new GrammarWalk(text);
  walk.statements(root, {
    after: "first",
    conditional: false,
    mayFail: false,
    subshell: false,
    background: false,
  });
  walk.commands.sort((a, b) => a.span.start - b.span.start);
  return {
    commands: walk.commands,
    complete: !root.hasError && !walk.tooDeep,
    hasPipe: walk.hasPipe,
    notes: [],
    functions: walk.functions,
  };
}

/** Statements and words inside each other; what is deeper is passed over, as the stack has an end. */
const DEEPEST = 400;

interface Place extends Flow {
  readonly after: Command["after"];
  readonly subshell: boolean;
  readonly background: boolean;
}

interface Parts {
  name: ShellWord | undefined;
  arguments: ShellWord[];
  assignments: Assignment[];
  redirections: Redirection[];
}

/** A statement that the grammar hangs on a here-document's redirection. */
interface Behind {
  readonly node: Node;
  readonly operator: Command["after"];
}

/** One member of an and-or list; with several parts, joined by `|`. */
interface Pipeline {
  readonly after: "first" | "&&" | "||";
  readonly parts: { readonly node: Node; readonly redirects: readonly Node[] }[];
}

/**
 * The and-or list that a `list` or `pipeline` stands for. The grammar binds a redirection to all of `a && b > x` and a
 * pipe to all of `a && b > x | c`, where the shell binds both to `b`.
 */
function listOf(node: Node, redirects: readonly Node[], after: Pipeline["after"] = "first"): Pipeline[] {
  const body = node.type === "redirected_statement" ? node.childForFieldName("body") : null;
  if (body?.type === "list" || body?.type === "pipeline")
    return listOf(body, [...redirectsOf(node), ...redirects], after);
  if (node.type !== "list" && node.type !== "pipeline") return [{ after, parts: [{ node, redirects }] }];
  const members = membersOf(node);
  const result: Pipeline[] = [];
  let operator: string | undefined;
  for (const [index, member] of members.entries()) {
    if (!member.isNamed) {
      operator = member.type;
      continue;
    }
    const own = index === members.length - 1 ? redirects : [];
    const [first, ...rest] = listOf(
      member,
      own,
      operator === undefined ? after : operator === "||" ? "||" : "&&",
    );
    const before = result.at(-1);
    if (first && before && node.type === "pipeline") before.parts.push(...first.parts);
    else if (first) result.push(first);
    result.push(...rest);
  }
  return result;
}

/** `a && b && c` hangs on its left, as deep as it is long: no recursion there, as the stack has an end. */
function membersOf(node: Node): Node[] {
  const behind: Node[] = [];
  let [first, ...rest] = present(node.children);
  while (first?.type === "list" && node.type === "list") {
    behind.push(...rest.toReversed());
    [first, ...rest] = present(first.children);
  }
  const front = first ? [first, ...rest] : rest;
  return [...front, ...behind.toReversed()].filter((it) => it.type !== "comment");
}

const REDIRECTIONS: ReadonlySet<string> = new Set([
  "file_redirect",
  "herestring_redirect",
  "heredoc_redirect",
]);
const SUBSTITUTIONS = ["command_substitution", "process_substitution"];
const CONDITIONS: ReadonlySet<string> = new Set(["if_statement", "while_statement", "elif_clause"]);
const CONDITIONAL: ReadonlySet<string> = new Set([
  "if_statement",
  "while_statement",
  "for_statement",
  "c_style_for_statement",
  "case_statement",
  "function_definition",
]);

class GrammarWalk {
  readonly commands: Command[] = [];
  readonly functions: string[] = [];
  hasPipe = false;
  tooDeep = false;
  private depth = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The statements of a program, a group, a branch: what is not a statement is passed over. */
  statements(parent: Node, place: Place): void {
    const children = present(parent.children);
    const statements = children.filter((it) => it.isNamed && it.type !== "comment");
    let after = place.after;
    for (const [index, child] of children.entries()) {
      if (!child.isNamed || child.type === "comment") continue;
      const background = place.background || children[index + 1]?.type === "&";
      this.statement(child, { ...place, after, background }, child === statements.at(-1));
      after = ";";
    }
  }

  /** Goes one level down, unless that is too deep. */
  private descend(visit: () => void): void {
    if (this.depth === DEEPEST) this.tooDeep = true;
    else {
      this.depth++;
      visit();
      this.depth--;
    }
  }

  private statement(node: Node, place: Place, last: boolean, redirects: readonly Node[] = []): void {
    this.descend(() => this.statementAt(node, place, last, redirects));
  }

  /** `redirects`: those that the grammar hangs on something around this statement. */
  private statementAt(node: Node, place: Place, last: boolean, redirects: readonly Node[]): void {
    const { type } = node;
    if (type === "list" || type === "pipeline") this.list(listOf(node, redirects), place, last);
    else if (type === "redirected_statement") {
      const body = node.childForFieldName("body");
      const own = [...redirectsOf(node), ...redirects];
      if (body) this.statement(body, place, last, own);
      else this.simple(undefined, place, own);
    } else if (SIMPLE.has(type)) this.simple(node, place, redirects);
    else if (type === "negated_command") this.each(node, { ...place, mayFail: true }, redirects);
    else {
      if (type === "subshell") this.statements(node, { ...place, subshell: true, after: "first" });
      else if (type === "compound_statement" || type === "ERROR")
        this.statements(node, { ...place, after: "first" });
      else this.compound(node, place);
      // `{ …; } > x`: the redirection becomes a command of its own, without a name.
      if (redirects.length > 0) this.simple(undefined, place, redirects);
    }
  }

  private each(parent: Node, place: Place, redirects: readonly Node[]): void {
    for (const child of present(parent.namedChildren)) this.statement(child, place, true, redirects);
  }

  /** `if`, `for`, `case`, a function: what is inside may not run, but the first condition does. */
  private compound(node: Node, place: Place): void {
    if (node.type === "function_definition") this.functions.push(node.childForFieldName("name")?.text ?? "");
    const inner = { ...place, conditional: place.conditional || CONDITIONAL.has(node.type) };
    let inCondition = CONDITIONS.has(node.type);
    let after: Command["after"] = "first";
    for (const child of present(node.children)) {
      if (child.type === "then" || child.type === "do_group") inCondition = false;
      if (STATEMENT_PARTS.has(child.type)) this.compound(child, inner);
      if (!STATEMENTS.has(child.type)) {
        if (OPENING.has(child.type)) after = "first";
        continue;
      }
      // The first condition of all is asked in any case.
      const conditional = inCondition && node.type !== "elif_clause" ? place.conditional : inner.conditional;
      this.statement(child, { ...inner, after, conditional, mayFail: place.mayFail || inCondition }, true);
      after = ";";
    }
    this.substitutions(node, place);
  }

  private list(members: readonly Pipeline[], place: Place, last: boolean): void {
    const flows = flowOf(
      members.map(({ after, parts: [first, second] }) => ({
        after,
        name: first && !second ? nameOf(first.node) : undefined,
      })),
      last,
    );
    for (const [index, { after, parts }] of members.entries()) {
      const flow = flows[index];
      const conditional = place.conditional || flow?.conditional === true;
      const mayFail = place.mayFail || flow?.mayFail === true;
      const subshell = place.subshell || parts.length > 1;
      this.hasPipe ||= parts.length > 1;
      for (const [position, part] of parts.entries()) {
        const reached = after === "first" ? place.after : after;
        const inPlace = {
          after: position > 0 ? "|" : reached,
          conditional,
          mayFail: mayFail || position < parts.length - 1,
          subshell,
          background: place.background,
        } as const;
        this.statement(part.node, inPlace, last && parts.length === 1, part.redirects);
      }
    }
  }

  private simple(node: Node | undefined, place: Place, redirects: readonly Node[]): void {
    const parts: Parts = { name: undefined, arguments: [], assignments: [], redirections: [] };
    const rest: Behind[] = [];
    if (node) this.collect(node, parts, rest);
    for (const redirect of redirects) this.redirection(redirect, parts, rest);
    if (redirects.length > 0 && parts.name) this.dashes(parts);
    this.escapedBlanks(parts);
    const all = [parts.name, ...parts.arguments, ...parts.assignments, ...parts.redirections].filter(
      (it) => it !== undefined,
    );
    // Words behind a redirection hang on the redirection.
    parts.arguments.sort((a, b) => a.span.start - b.span.start);
    this.join(parts.arguments);
    // A name that the grammar had to make up is empty.
    if (all.some((it) => it.span.end > it.span.start)) {
      const start = Math.min(...all.map((it) => it.span.start));
      const end = Math.max(...all.map((it) => it.span.end));
      this.commands.push({ ...parts, span: { start, end }, ...place, notes: [] });
    }
    for (const it of [node, ...redirects]) if (it) this.substitutions(it, place);
    for (const { node: statement, operator } of rest) {
      const piped = operator === "|";
      this.hasPipe ||= piped;
      this.statement(
        statement,
        {
          ...place,
          after: operator,
          conditional: place.conditional || operator === "||",
          subshell: place.subshell || piped,
        },
        true,
      );
    }
  }

  /** The grammar makes two words of one where an escape follows a variable, as in `name=${VERSION}\*`. */
  private join(words: ShellWord[]): void {
    for (let at = words.length - 1; at > 0; at--) {
      const [before, after] = [words[at - 1], words[at]];
      if (!before || !after || before.span.end !== after.span.start) continue;
      const span = { start: before.span.start, end: after.span.end };
      words.splice(at - 1, 2, shellWord(this.text.slice(span.start, span.end), span));
    }
  }

  /** The grammar loses a `-` that stands right before a redirection, as in `wget -O - 2>/dev/null`. */
  private dashes(parts: Parts): void {
    const ends = [parts.name, ...parts.arguments, ...parts.redirections].map((it) => it?.span.end ?? 0);
    for (const { span } of [...parts.redirections]) {
      const before = Math.max(...ends.filter((it) => it <= span.start));
      const at = this.text.indexOf("-", before);
      if (at < 0 || this.text.slice(before, span.start).trim() !== "-") continue;
      parts.arguments.push(shellWord("-", { start: at, end: at + 1 }));
    }
  }

  /** The grammar loses blanks that are escaped in front of a word: they begin it, or stand for a word, as in `find -exec x \\ ;`. */
  private escapedBlanks(parts: Parts): void {
    const { name } = parts;
    if (!name) return;
    const start = escapedBlanksBefore(this.text, name.span.start);
    if (start < name.span.start) {
      const span = { start, end: name.span.end };
      parts.name = shellWord(this.text.slice(start, span.end), span);
    }
    const words = [name, ...parts.arguments, ...parts.redirections].map((it) => it.span);
    words.sort((a, b) => a.start - b.start);
    for (const [at, { end }] of words.entries()) {
      const next = words[at + 1]?.start ?? this.text.length;
      for (const span of escapedBlanksBehind(this.text, end))
        if (span.start < next) parts.arguments.push(shellWord(this.text.slice(span.start, span.end), span));
    }
  }

  private collect(node: Node, parts: Parts, rest: Behind[]): void {
    switch (node.type) {
      case "variable_assignment":
        parts.assignments.push(this.assignment(node));
        return;
      case "test_command":
      case "declaration_command":
      case "unset_command": {
        // The grammar takes their arguments apart as expressions and declarations; here they are words.
        const [name, ...words] = splitWords(this.text, spanOf(node));
        parts.name = name;
        parts.arguments.push(...words);
        return;
      }
      default:
        for (const child of present(node.children)) {
          if (child.type === "variable_assignment") parts.assignments.push(this.assignment(child));
          else if (child.type === "command_name") parts.name = this.word(child);
          else if (REDIRECTIONS.has(child.type)) this.redirection(child, parts, rest);
          else if (child.type === "subshell") rest.push({ node: child, operator: "first" });
          else if (child.type !== "comment") parts.arguments.push(this.word(child));
        }
    }
  }

  private assignment(node: Node): Assignment {
    const value = node.childForFieldName("value");
    return {
      name: node.childForFieldName("name")?.text ?? "",
      value: value && value.endIndex > value.startIndex ? this.word(value) : undefined,
      span: spanOf(node),
    };
  }

  /** What the grammar hangs on a redirection though it is the command's: words behind it, `| next`, `&& next`. */
  private redirection(node: Node, parts: Parts, rest: Behind[]): void {
    const children = present(node.children);
    const operator = children.find((it) => !it.isNamed);
    const targets = children.filter(
      (it) => it.isNamed && it.type !== "file_descriptor" && !HEREDOC_PARTS.has(it.type),
    );
    const own =
      node.type === "heredoc_redirect"
        ? children.filter((it) => it.type === "heredoc_start")
        : targets.slice(0, 1);
    const target = own[0];
    parts.redirections.push({
      operator: operator?.type ?? ">",
      target: target ? this.word(target) : undefined,
      span: { start: node.startIndex, end: (target ?? operator ?? node).endIndex },
    });
    if (node.type !== "heredoc_redirect") {
      parts.arguments.push(...targets.slice(1).map((it) => this.word(it)));
      return;
    }
    let between: "&&" | "||" = "&&";
    for (const child of children) {
      if (child.type === "&&" || child.type === "||") between = child.type;
      else if (REDIRECTIONS.has(child.type)) this.redirection(child, parts, rest);
      else if (child.type === "pipeline")
        for (const member of present(child.namedChildren)) rest.push({ node: member, operator: "|" });
      else if (STATEMENTS.has(child.type)) rest.push({ node: child, operator: between });
      else if (child.isNamed && !HEREDOC_PARTS.has(child.type) && child.type !== "file_descriptor")
        parts.arguments.push(this.word(child));
    }
  }

  /** Commands inside the words of a statement: `$( … )`, backticks, `<( … )`. Those of inner statements are theirs. */
  private substitutions(node: Node, place: Place): void {
    if (!/[`$<>]\(|`/.test(this.text.slice(node.startIndex, node.endIndex))) return;
    const visit = (parent: Node): void => {
      for (const child of present(parent.namedChildren)) {
        if (SUBSTITUTIONS.includes(child.type))
          this.statements(child, { ...place, after: "first", subshell: true, mayFail: true });
        else if (!STATEMENTS.has(child.type) && !STATEMENT_PARTS.has(child.type))
          this.descend(() => visit(child));
        else if (child.type === "variable_assignment") visit(child);
      }
    };
    visit(node);
  }

  private word(node: Node): ShellWord {
    const span = spanOf(node);
    return shellWord(this.text.slice(span.start, span.end), span);
  }
}

const SIMPLE: ReadonlySet<string> = new Set([
  "command",
  "variable_assignment",
  "variable_assignments",
  "declaration_command",
  "unset_command",
  "test_command",
]);
const STATEMENTS: ReadonlySet<string> = new Set([
  ...SIMPLE,
  ...CONDITIONAL,
  "redirected_statement",
  "list",
  "pipeline",
  "negated_command",
  "subshell",
  "compound_statement",
]);
const STATEMENT_PARTS: ReadonlySet<string> = new Set(["do_group", "elif_clause", "else_clause", "case_item"]);
/** What may stand before the first command of a part. */
const OPENING: ReadonlySet<string> = new Set(["then", "do", "else", ")"]);
const HEREDOC_PARTS: ReadonlySet<string> = new Set(["heredoc_start", "heredoc_body", "heredoc_end"]);

const ESCAPED_BLANKS = /[ \t]*((?:\\[ \t])+)/y;

/** The runs of escaped blanks that follow on `at` with nothing but blanks between them. */
function escapedBlanksBehind(text: string, at: number): Span[] {
  const spans: Span[] = [];
  ESCAPED_BLANKS.lastIndex = at;
  for (let run = ESCAPED_BLANKS.exec(text); run; run = ESCAPED_BLANKS.exec(text)) {
    const end = ESCAPED_BLANKS.lastIndex;
    spans.push({ start: end - (run[1]?.length ?? 0), end });
  }
  return spans;
}

/** Where the escaped blanks begin that end at `at`; `at` itself where there are none. */
function escapedBlanksBefore(text: string, at: number): number {
  let start = at;
  while (/^\\[ \t]$/.test(text.slice(Math.max(0, start - 2), start))) start -= 2;
  return start;
}

function present(nodes: readonly (Node | null)[]): Node[] {
  return nodes.filter((it) => it !== null);
}

function redirectsOf(node: Node): Node[] {
  return present(node.namedChildren).filter((it) => REDIRECTIONS.has(it.type));
}

function spanOf(node: Node): Span {
  return { start: node.startIndex, end: node.endIndex };
}

function nameOf(node: Node): string | undefined {
  if (node.type === "test_command") return "[";
  const command = node.type === "redirected_statement" ? node.childForFieldName("body") : node;
  if (command?.type === "compound_statement" || command?.type === "subshell") {
    // `|| { echo …; exit 1; }` gives up like a bare `exit`.
    const last = present(command.namedChildren).at(-1);
    const name = last && nameOf(last);
    return name === "exit" ? name : undefined;
  }
  return command?.childForFieldName("name")?.text;
}
