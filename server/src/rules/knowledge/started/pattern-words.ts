/**
 * Which word of a program's is the name of a file with a pattern in it, that the program opens as it is written: java's jar and agents,
 * the script of an interpreter, .NET's assembly, and files of the tools that everybody has (java(1), node --help, python --help, as
 * generally known, 2026-11). Undefined where there is none, or the program may expand it, as `java -cp lib/*` does.
 *
 * @param program by its name, without a path
 * @param words behind it; undefined for one that is not known
 */
export function patternWord(program: string, words: readonly (string | undefined)[]): number | undefined {
  const at = FILES.test(program)
    ? words.findIndex(isPattern)
    : program === "java"
      ? patternOfJava(words)
      : scriptAt(program, words);
  return at >= 0 && isPattern(words[at]?.replace(/^-javaagent:/, "").replace(/=.*$/, "")) ? at : undefined;
}

/** A path with `*`, `?` or `[…]`, and nothing else that a shell would read. */
export function isPattern(text: string | undefined): boolean {
  return (
    text !== undefined &&
    /^[\w./][\w./-]*[*?[]|^[*?]/.test(text) &&
    /^(?:[\w./*?-]|\[[\w!^-]+\])+$/.test(text)
  );
}

const FILES = /^(?:rm|cp|mv|chmod|chown|cat|ls)$/;

/** Behind the jar or the class all is the program's own. */
function patternOfJava(words: readonly (string | undefined)[]): number {
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) return -1;
    if (word === "-jar") return at + 1;
    if (word.startsWith("-javaagent:") && /[*?]/.test(word)) return at;
    if (
      /^(?:-cp|-classpath|--class-path|-p|--module-path|--add-modules|--add-opens|--add-exports)$/.test(word)
    )
      at++;
    else if (!word.startsWith("-")) return -1;
  }
  return -1;
}

/** Options without a word of their own behind which the script stands, and those with one. */
const INTERPRETERS: readonly (readonly [program: RegExp, alone: RegExp, valued: RegExp])[] = [
  [
    /^node$/,
    /^--(?:enable-source-maps|no-warnings|trace-warnings|no-deprecation|trace-deprecation|expose-gc|inspect|(?:max-old-space-size|inspect|unhandled-rejections|import|require|env-file|loader)=.*)$/,
    /^(?:-r|--require|--import|--loader|--experimental-loader)$/,
  ],
  [/^python[\d.]*$/, /^-[uOBsEIqvdb]+$/, /^-[WX]$/],
  [/^(?:ruby|php|dotnet)$/, /^(?!)/, /^(?!)/],
];

function scriptAt(program: string, words: readonly (string | undefined)[]): number {
  const [, alone, valued] = INTERPRETERS.find(([it]) => it.test(program)) ?? [];
  if (!alone || !valued) return -1;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "-";
    if (valued.test(word)) at++;
    else if (!alone.test(word)) return at;
  }
  return -1;
}
