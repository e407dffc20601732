import { installVSCode } from "./vscode.ts";

/** The grammar is tested with the grammars that VS Code brings for what is embedded in it. */
export async function setup(): Promise<void> {
  await installVSCode();
}
