import { randomBytes } from "node:crypto";
import { env, Uri, type Webview, type WebviewPanel } from "vscode";

/** Draws a page in a panel, see `pageHtml`. Who listens to the page listens before that. */
export function fillPanel(panel: WebviewPanel, extensionUri: Uri, name: string, title: string): void {
  panel.iconPath = Uri.joinPath(extensionUri, "docs", "images", "icon.png");
  panel.webview.options = { enableScripts: true, localResourceRoots: [pagesFolder(extensionUri)] };
  panel.webview.html = pageHtml(panel.webview, extensionUri, name, title);
}

/** Where the build puts the pages. */
function pagesFolder(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, "dist", "webview");
}

/**
 * The document that holds a page: its script, by a nonce, its styles, and nothing from anywhere else. `name` is the
 * stem of the page's files.
 */
function pageHtml(webview: Webview, extensionUri: Uri, name: string, title: string): string {
  const nonce = randomBytes(16).toString("base64");
  const file = (extension: string) =>
    webview.asWebviewUri(Uri.joinPath(pagesFolder(extensionUri), `${name}.${extension}`)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';`;
  return `<!doctype html>
<html lang="${env.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${file("css")}">
<title>${title}</title>
</head>
<body>
<div id="page"></div>
<script nonce="${nonce}" src="${file("js")}"></script>
</body>
</html>`;
}
