import type { Dockerfile } from "../../../syntax/dockerfile/tree.ts";
import type { Command, ShellWord } from "../../../syntax/shell/script.ts";

/** A call that a command takes for its arguments, as nothing separates it from the lines above. */
export interface SwallowedCall {
  readonly name: ShellWord;
  /** The last word of it on the line that it begins. */
  readonly last: ShellWord;
}

/**
 * The continued line with which another call begins among a command's arguments: of the same program, or of one that changes
 * files or packages.
 *
 * @param program the command's, without its directory
 */
export function swallowedCall(
  program: string,
  { arguments: words }: Command,
  { text, lines }: Dockerfile,
): SwallowedCall | undefined {
  const lineOf = (it: ShellWord) => lines.lineAt(it.span.start);
  for (const [index, name] of words.entries()) {
    const next = words[index + 1];
    if (!next || !goesOn(program, index, name, next, lineOf(name) === lineOf(next))) continue;
    if (text.slice(lines.startOf(lineOf(name)), name.span.start).trim() !== "") continue;
    return { name, last: words.findLast((it) => lineOf(it) === lineOf(name)) ?? name };
  }
  return undefined;
}

/** Does what follows the name look like a call of it? */
function goesOn(
  program: string,
  index: number,
  name: ShellWord,
  next: ShellWord,
  isBeside: boolean,
): boolean {
  const { raw } = name;
  if (raw === program) return VERBS.get(raw)?.test(next.raw) ?? OTHERS.has(raw);
  // What comes first may be a verb, as in `git rm`.
  if (index === 0 || !isBeside) return false;
  return (VERBS.get(raw) ?? FIRST_WORDS.get(raw))?.test(next.raw) ?? false;
}

/** Those of PHP's images; each ends with an error at a name that is no extension. */
export const PHP_EXTENSION_TOOLS: readonly string[] = ["docker-php-ext-install", "docker-php-ext-enable"];

/** Package managers, with the verbs that a call of one begins with: a package may be called as its manager is. */
const VERBS: ReadonlyMap<string, RegExp> = new Map([
  ...byProgram(
    "apt-get apt",
    /^(update|upgrade|dist-upgrade|install|remove|purge|autoremove|clean|autoclean)$/,
  ),
  ...byProgram("yum dnf microdnf", /^(install|update|upgrade|remove|clean|autoremove|makecache)$/),
  ...byProgram("apk", /^(add|del|update|upgrade)$/),
  ...byProgram("pip pip3", /^(install|uninstall)$/),
  ...byProgram("npm", /^(install|run)$/),
  ...byProgram(
    "composer",
    /^(install|update|require|create-project|dump-?autoload|self-update|clear-cache|run-script)$/,
  ),
  ...byProgram(PHP_EXTENSION_TOOLS.join(" "), /^(-j.*|[a-z][\w-]*)$/),
]);

/** What else no package and no file is called after that stands in front of such a word. */
const FIRST_WORDS: ReadonlyMap<string, RegExp> = new Map([
  ...byProgram("rm", /^(?:-[rRf]+$|[/~$])/),
  ...byProgram("mkdir", /^(?:-p$|[/~$])/),
  ...byProgram("chmod", /^(?:-R$|[0-7]{3,4}$|[ugoa]*\+[rwxX]+$)/),
  ...byProgram("chown", /^(?:-R$|[\w.-]+:[\w.-]+$)/),
  ...byProgram("php", /^(?:-[rd]$|artisan$|bin\/console$|composer(?:-setup\.php|\.phar)$)/),
]);

function byProgram(programs: string, words: RegExp): readonly (readonly [program: string, words: RegExp])[] {
  return programs.split(" ").map((it) => [it, words] as const);
}

/** Programs that no package that they install, and no file that they take, is called after. */
const OTHERS: ReadonlySet<string> = new Set(
  "curl wget mkdir chmod chown cp mv ln rm tar unzip git sed".split(" "),
);

/** Those whose arguments are known well enough to tell a call among them. */
export const SWALLOWING: readonly string[] = [...VERBS.keys(), ...OTHERS];
