import { type Disposable, IndentAction, languages } from "vscode";

/**
 * What Enter does in a Compose file: behind a key without a value it goes one step in, behind the first key of an entry of a list to where
 * that key stands. VS Code's own configuration of the language keeps the indentation of the line (its extension `yaml`, 1.107).
 */
export function composeTyping(): Disposable {
  return languages.setLanguageConfiguration("dockercompose", {
    onEnterRules: [
      {
        beforeText: /^\s*(?:-\s+)?(?:[^\s#:"'{[][^#:"'{[]*|"[^"]*"|'[^']*'):(?:\s+&\S+)?\s*$/,
        afterText: /^\s*$/,
        action: { indentAction: IndentAction.Indent },
      },
      {
        beforeText: /^\s*-\s[^\s#:"'{[][^#:"'{[]*:\s+[^\s#].*$/,
        afterText: /^\s*$/,
        action: { indentAction: IndentAction.None, appendText: "  " },
      },
    ],
  });
}
