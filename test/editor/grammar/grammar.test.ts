import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { beforeAll, expect, test } from "vitest";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";
import { source } from "../../../server/src/text/source.ts";
import { builtInExtension } from "../../setup/vscode.ts";

/** VS Code's own engine, with VS Code's own shell and Python grammars for what is embedded. */
const files: Readonly<Record<string, () => string>> = {
  "source.dockerfile": () => "syntaxes/dockerfile.tmLanguage.json",
  "source.shell": () => builtInExtension("shellscript", "syntaxes/shell-unix-bash.tmLanguage.json"),
  "source.python": () => builtInExtension("python", "syntaxes/MagicPython.tmLanguage.json"),
};

let grammar: textmate.IGrammar;

beforeAll(async () => {
  const require = createRequire(import.meta.url);
  const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const file = files[scope]?.();
      return file ? textmate.parseRawGrammar(readFileSync(file, "utf8"), file) : null;
    },
  });
  const loaded = await registry.loadGrammar("source.dockerfile");
  if (!loaded) throw new Error("the grammar cannot be read");
  grammar = loaded;
});

/** `[text, scopes]` for each token that is not blank. */
function tokens(text: string): [string, string][] {
  const found: [string, string][] = [];
  let state = textmate.INITIAL;
  for (const line of text.split("\n")) {
    const read = grammar.tokenizeLine(line, state);
    state = read.ruleStack;
    for (const it of read.tokens) {
      const word = line.slice(it.startIndex, it.endIndex).trim();
      if (word) found.push([word, it.scopes.slice(1).join(" ")]);
    }
  }
  return found;
}

function scopeOf(text: string, word: string, nth = 0): string {
  const hits = tokens(text).filter(([it]) => it === word);
  return hits[nth]?.[1] ?? `no token is ${word}: ${JSON.stringify(tokens(text))}`;
}

const KEYWORD = "keyword.other.special-method.dockerfile";

test("keywords in any case, and only at the start", () => {
  const text = source`
    from alpine AS base
    RUN echo FROM here
    Copy a /b
  `;
  expect(scopeOf(text, "from")).toContain(KEYWORD);
  expect(scopeOf(text, "Copy")).toContain(KEYWORD);
  expect(tokens(text).filter(([it, scope]) => it.includes("FROM") && scope.includes(KEYWORD))).toEqual([]);
});

test("image, stage, flags and their fields", () => {
  const text = source`
    FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
    RUN --mount=type=cache,target=/root/.cache go build
  `;
  expect(scopeOf(text, "golang:1.27")).toContain("entity.name.type.image");
  expect(scopeOf(text, "builder")).toContain("entity.name.function.stage");
  expect(scopeOf(text, "mount")).toContain("entity.other.attribute-name.flag");
  expect(scopeOf(text, "target")).toContain("variable.parameter");
});

test("the shell inside RUN, over continuations and comments", () => {
  const text = source`
    RUN grep x y
    RUN if true; then \
        # why
        echo "$HOME" && \
        exit 1; \
        fi
    USER app
  `;
  expect(scopeOf(text, "grep")).toContain("entity.name.command.shell");
  expect(scopeOf(text, "if")).toContain("keyword.control.if.shell");
  expect(tokens(text).find(([it]) => it.includes("why"))?.[1]).toContain("comment.line");
  expect(tokens(text).find(([it]) => it === "echo")?.[1]).toContain("shell");
  expect(scopeOf(text, "USER")).toContain(KEYWORD);
});

test("a quote that is never closed does not swallow the next instruction", () => {
  const text = source`
    RUN echo "oops
    FROM alpine
  `;
  expect(scopeOf(text, "FROM")).toContain(KEYWORD);
});

test("here-documents: a script for RUN, text for COPY, and the file goes on behind them", () => {
  const text = source`
    RUN <<EOF
    apk add curl
    FROM=1
    EOF
    COPY <<-"END" /etc/motd
    	RUN away
    	END
    WORKDIR /srv
  `;
  expect(tokens(text).find(([it]) => it === "apk")?.[1]).toContain("shell");
  expect(tokens(text).find(([it]) => it.includes("RUN away"))?.[1]).toContain(
    "string.unquoted.here-document",
  );
  expect(
    tokens(text).filter(([it, scope]) => it === "EOF" && scope.includes("keyword.control.here-document"))
      .length,
  ).toBe(1);
  expect(scopeOf(text, "WORKDIR")).toContain(KEYWORD);
});

test("a here-document of the shell itself stays with the shell", () => {
  const text = source`
    RUN cat <<EOF > /x
    hello
    EOF
    USER app
  `;
  expect(scopeOf(text, "USER")).toContain(KEYWORD);
});

test("a Python script in a here-document is Python", () => {
  const text = source`
    RUN <<EOF
    #!/usr/bin/env python3
    from os import path
    EOF
    USER app
  `;
  expect(tokens(text).find(([it]) => it === "from")?.[1]).toContain("python");
  expect(scopeOf(text, "USER")).toContain(KEYWORD);
});

test("exec form is JSON", () => {
  const text = source`
    CMD ["nginx", "-g", "daemon off;"]
    ENTRYPOINT exec app
  `;
  expect(tokens(text).find(([it]) => it.includes("daemon off"))?.[1]).toContain(
    "string.quoted.double.dockerfile",
  );
  expect(tokens(text).find(([it]) => it.startsWith("exec"))?.[1]).toContain("shell");
});

test("directives, variables, ports and signals", () => {
  const text = source`
    # syntax=docker/dockerfile:1
    ENV A=\${B:-c} D="x y"
    EXPOSE 8080/tcp 9000-9010
    STOPSIGNAL SIGQUIT
    ONBUILD RUN make
  `;
  expect(scopeOf(text, "syntax")).toContain("keyword.other.directive");
  expect(scopeOf(text, "B")).toContain("variable.other.bracket");
  expect(scopeOf(text, "8080")).toContain("constant.numeric.port");
  expect(scopeOf(text, "tcp")).toContain("constant.language.protocol");
  expect(scopeOf(text, "SIGQUIT")).toContain("constant.language.signal");
  expect(scopeOf(text, "ONBUILD")).toContain(KEYWORD);
});
