/**
 * Does a manifest lead to other files of the project: members of a workspace, patches, files and folders beside it, or scripts that run while
 * it installs? Of any package manager, by its text.
 */
export function leadsToFiles(text: string): boolean {
  return LEADS_TO_FILES.test(text);
}

const LEADS_TO_FILES = new RegExp(
  [
    String.raw`"(?:pre|post)?install"\s*:|"prepare"\s*:|"workspaces"\s*:|"patchedDependencies"\s*:`,
    String.raw`"(?:file|link|portal|patch|workspace):|"type"\s*:\s*"path"`,
    String.raw`^(?:packages|patchedDependencies)[ \t]*:|^[ \t]*(?:-[er]|--editable|--requirement|\.{1,2}\/|gemspec\b|eval_gemfile\b)`,
    // Prisma's client is made when it is installed, from a schema.
    String.raw`"@prisma/client"\s*:`,
    String.raw`=>[ \t]*\.|\bpath[ \t]*[:=]|\[(?:tool\.uv\.)?workspace\]|\bworkspace[ \t]*=[ \t]*true|<modules?>`,
  ].join("|"),
  "m",
);
