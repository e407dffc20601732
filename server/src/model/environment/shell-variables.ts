const OF_EVERY_SHELL: ReadonlySet<string> = new Set([
  ...[
    "DISPLAY",
    "HOME",
    "HOSTNAME",
    "LANG",
    "LOGNAME",
    "PATH",
    "PWD",
    "SHELL",
    "SSH_AUTH_SOCK",
    "TERM",
    "TMPDIR",
    "USER",
  ],
]);

/** Does the shell of whoever starts Compose have it by itself? */
export function isOfEveryShell(name: string): boolean {
  return OF_EVERY_SHELL.has(name);
}
