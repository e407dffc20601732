import { baseName } from "../../../model/stage/paths.ts";
/** What keeps the kernel from starting a script as it begins; `interpreter` is the one that was plainly meant. */
export interface UnreadFirstLine {
  /** To stand behind "start.sh …". */
  readonly why: string;
  readonly interpreter: string | undefined;
}

/**
 * The kernel starts a text whose first two bytes are `#!` and nothing else (execve(2), read 2026-11). Undefined for such a one, and for what
 * is no text.
 */
export function unreadFirstLine(text: string): UnreadFirstLine | undefined {
  if (text.startsWith("#!") || text.trim() === "" || !isText(text)) return undefined;
  const [line = ""] = text.split("\n", 1);
  const later = /^\s*#!\s*(\S+)(?:[ \t]+(\S+))?/m.exec(text.slice(0, SEARCHED));
  const interpreter = programIn(later?.[1], later?.[2]);
  if (text.startsWith("\uFEFF#!"))
    return { why: "begins with a byte order mark in front of its #!", interpreter };
  const slip = /^#\s*((?:\/usr)?\/bin\/\S+)(?:[ \t]+(\S+))?/.exec(line);
  if (slip)
    return {
      why: `begins with ${slip[0].trim()}, which is a comment without the !`,
      interpreter: programIn(slip[1], slip[2]),
    };
  if (/^\s+#!/.test(text))
    return {
      why: line.trim() === "" ? "has an empty line in front of its #!" : "has blanks in front of its #!",
      interpreter,
    };
  return { why: "does not begin with a #! line", interpreter };
}

/** A `#!` further down is no slip of the first lines. */
const SEARCHED = 500;

function programIn(path: string | undefined, first: string | undefined): string | undefined {
  const name = path && baseName(path);
  const program = name === "env" ? first : name;
  return program !== undefined && /^[\w.-]+$/.test(program) ? program : undefined;
}

function isText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells a program from a script.
  return !/[\u0000-\u0008\u000E-\u001A\u001C-\u001F\uFFFD]/.test(text);
}
