/**
 * Whether a path is meant by a glob, read as in a `.gitignore`: `*` and `?` stay inside one part of the path, `**` spans parts,
 * `[ab]` is one of these characters and `{a,b}` one of these texts. A glob without `/` is a name at any depth, and a folder
 * stands for everything in it. Paths are relative, with `/` between their parts.
 */
export function globMatcher(glob: string): (path: string) => boolean {
  const trimmed = glob.trim().replaceAll("\\", "/").replace(/^\.\//, "").replace(/\/+$/, "");
  if (trimmed === "" || trimmed === ".") return () => trimmed === ".";
  const anchored = trimmed.includes("/");
  const body = expressionOf(trimmed.replace(/^\//, ""));
  const expression = new RegExp(`^${anchored ? "" : "(?:.*/)?"}${body}(?:/.*)?$`, "s");
  return (path) => expression.test(path);
}

function expressionOf(glob: string): string {
  let expression = "";
  let alternatives = 0;
  for (let at = 0; at < glob.length; at++) {
    const character = glob[at] ?? "";
    if (glob.startsWith("**/", at) && (at === 0 || glob[at - 1] === "/")) {
      expression += "(?:.*/)?";
      at += 2;
    } else if (character === "*") {
      const spans = glob[at + 1] === "*";
      // Any number of stars in a row says what one or two say.
      while (glob[at + 1] === "*") at++;
      expression += spans ? ".*" : "[^/]*";
    } else if (character === "?") expression += "[^/]";
    else if (character === "[" && /^\[[!^]?[^\]]+\]/.test(glob.slice(at))) {
      const end = glob.indexOf("]", at + 2);
      const inside = glob
        .slice(at + 1, end)
        .replace(/^[!^]/, "^/")
        .replace(/[\\[]/g, "\\$&");
      expression += `[${inside}]`;
      at = end;
    } else if (character === "{" && glob.includes("}", at)) {
      alternatives++;
      expression += "(?:";
    } else if (character === "," && alternatives > 0) expression += "|";
    else if (character === "}" && alternatives > 0) {
      alternatives--;
      expression += ")";
    } else expression += character.replace(/[.+^$()|\\[\]{}]/, "\\$&");
  }
  return expression + ")".repeat(alternatives);
}

/** Whether a name is meant by a pattern of which `*` and `?` alone are not themselves. */
export function matchesName(name: string, pattern: string): boolean {
  const expression = pattern
    .replace(/[.+^$(){}|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${expression}$`).test(name);
}
