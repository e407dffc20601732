/** The members that a workspace of Cargo names, patterns as they are written (doc.rust-lang.org/cargo, Workspaces). */
export function cargoMembers(manifest: string): readonly string[] {
  const plain = manifest.replace(/^\s*#.*$/gm, "");
  const [, list = ""] = /^\[workspace\][^[]*?^members\s*=\s*\[([^\]]*)\]/m.exec(plain) ?? [];
  return [...list.matchAll(/["']([\w.*/-]+)["']/g)].map((it) => it[1] ?? "");
}
