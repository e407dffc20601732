/**
 * Whether a path is meant by what a user typed: a part of it in any case; with `*` or `?` a glob, of the name alone where it has
 * no slash, or of the whole path, where `**` leads through directories.
 */
export function pathFilter(text: string): (path: string) => boolean {
  const wanted = text.trim();
  if (wanted === "") return () => true;
  if (!/[*?]/.test(wanted)) {
    const part = wanted.toLowerCase();
    return (path) => path.toLowerCase().includes(part);
  }
  const ofName = !wanted.includes("/");
  const glob = globPattern(ofName || wanted.startsWith("/") ? wanted : `**/${wanted}`);
  return (path) => glob.test(ofName ? path.slice(path.lastIndexOf("/") + 1) : path);
}

function globPattern(glob: string): RegExp {
  // Each star but the first of a row changes nothing and costs time.
  const parts = glob.replace(/\*{3,}/g, "**").matchAll(/\*\*\/|\*\*|\*|\?|[^*?]+/g);
  const pattern = [...parts]
    .map(([part]) => {
      if (part === "**/") return "(?:.*/)?";
      if (part === "**") return ".*";
      if (part === "*") return "[^/]*";
      return part === "?" ? "[^/]" : part.replace(/[.+^${}()|[\]\\]/g, "\\$&");
    })
    .join("");
  return new RegExp(`^${pattern}$`, "i");
}
