/** Is this a word that a shell itself understands, without a program of that name? */
export function isShellOnly(name: string): boolean {
  return shellOnly.has(name);
}

/** Built-in commands of POSIX shells and bash that no program stands for (POSIX.1-2024 XCU 2.15, bash 5.2 manual). */
const shellOnly = new Set(
  (
    ". : alias bg break builtin cd command continue declare eval exec exit export fg getopts hash jobs let local " +
    "read readonly return set shift shopt source times trap type typeset ulimit umask unalias unset wait [["
  ).split(" "),
);
