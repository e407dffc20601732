import { dirname } from "node:path";
import { type Disposable, FileType, languages, type TextDocument, type Uri, workspace } from "vscode";
import { composeFiles, type LanguageServer } from "../../language-server.ts";

/**
 * Takes a YAML file of any name for a Compose file when one opens that a Compose file around includes or extends, or that `COMPOSE_FILE`
 * names. Who sets its language back is left alone. The server is asked, and started for it, only where a Compose file is around.
 */
export function composeParts(
  language: Pick<LanguageServer, "isComposePart">,
  report: (error: unknown) => void,
): Disposable {
  const taken = new Set<string>();
  const look = async (document: TextDocument) => {
    const uri = document.uri.toString();
    if (document.languageId !== "yaml" || document.uri.scheme !== "file" || taken.has(uri)) return;
    if (languages.match(composeFiles, document) > 0 || !(await hasComposeFileAround(document.uri))) return;
    if (!(await language.isComposePart(document.uri)) || document.isClosed) return;
    taken.add(uri);
    await languages.setTextDocumentLanguage(document, "dockercompose");
  };
  const lookAt = (document: TextDocument) => void look(document).catch(report);
  for (const document of workspace.textDocuments) lookAt(document);
  return workspace.onDidOpenTextDocument(lookAt);
}

/** In its folder, or in one above it in the workspace. */
async function hasComposeFileAround(file: Uri): Promise<boolean> {
  const top = workspace.getWorkspaceFolder(file)?.uri.path;
  for (let path = dirname(file.path); ; path = dirname(path)) {
    const entries = await workspace.fs.readDirectory(file.with({ path })).then(
      (it) => it,
      () => [],
    );
    if (entries.some(([name, type]) => type !== FileType.Directory && COMPOSE_FILE.test(name))) return true;
    if (top === undefined || path === top || path === dirname(path)) return false;
  }
}

const COMPOSE_FILE = /compose.*\.ya?ml$/i;
