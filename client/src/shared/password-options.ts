/** Programs whose one-letter options hold a password, by the manual of each (read 2026-11): which option, and how its value is written. */
const programs: readonly {
  readonly name: string;
  /** `attached`: in the same word (`-pWORD`); `apart`: the next word; `user`: the next word or the same, behind a `:`. */
  readonly written: "attached" | "apart" | "user";
  readonly option: string;
}[] = [
  { name: "(?:mysql|mariadb)[\\w-]*", option: "-p", written: "attached" },
  { name: "(?:redis|valkey|keydb)-(?:cli|benchmark)", option: "-a", written: "apart" },
  { name: "mongo(?:sh|dump|restore|import|export|stat|top)?", option: "-p", written: "apart" },
  { name: "sshpass", option: "-p", written: "apart" },
  { name: "sshpass", option: "-p", written: "attached" },
  { name: "sqlcmd", option: "-P", written: "apart" },
  { name: "ldap(?:search|modify|add|whoami|passwd)", option: "-w", written: "apart" },
  {
    name: "(?:docker|podman|helm|crane|oras|nerdctl)\\s+(?:registry\\s+)?login",
    option: "-p",
    written: "apart",
  },
  { name: "curl", option: "(?:-u|--user)", written: "user" },
];

/** What follows the program in one command, and the blank, quote or comma before the option. A value that is a variable says nothing. */
const before = `(?:^|[\\s"'/(\`])`;
const between = `(?:[^|;&\\n]{0,400}?[\\s"',\\]])`;
const value = `(?!["']?\\$)("[^"]+"|'[^']+'|[^\\s"',;&|\\]]+)`;

const patterns = programs.map(({ name, option, written }) => {
  // Words of a command in JSON stand in quotes, with a comma or a blank between.
  const gap =
    written === "attached" ? "" : written === "apart" ? `["']?,?\\s+["']?` : `(?:["']?,?\\s+["']?)?`;
  const shown = written === "user" ? `[^\\s"':,]*:` : "";
  return new RegExp(`(${before}${name}["']?${between}${option}${gap}${shown})${value}`, "g");
});

/** A text with the passwords in options of well-known programs replaced: `mysqladmin -pWORD`, `redis-cli -a WORD`, `curl -u me:WORD`. */
export function withoutPasswordOptions(text: string, hidden: string): string {
  return patterns.reduce((so, pattern) => so.replace(pattern, `$1${hidden}`), text);
}

/** The same for one word of a command in words. */
export function wordWithoutPassword(words: readonly string[], at: number, hidden: string): string {
  const word = words[at] ?? "";
  const previous = words[at - 1] ?? "";
  const said = words.slice(0, at).join(" ");
  for (const { name, option, written } of programs) {
    if (!new RegExp(`(?:^|[\\s/])${name}(?:\\s|$)`).test(said)) continue;
    const follows = new RegExp(`^${option}$`).test(previous);
    const begin = new RegExp(`^${option}${written === "user" ? "[^:]*:" : ""}`).exec(word)?.[0];
    const user = written === "user" && follows ? /^[^:]*:/.exec(word)?.[0] : undefined;
    const shown = user ?? (written === "apart" ? (follows ? "" : undefined) : begin);
    if (shown !== undefined && word.length > shown.length && word[shown.length] !== "$")
      return `${shown}${hidden}`;
  }
  return word;
}
