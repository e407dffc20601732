import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

/** The layers of the server; one may not import from one to its right. `docs/ARCHITECTURE.md` says why. */
const layers = ["text", "syntax", "model", "rules", "features", "workspace", "protocol"];

/** Which layers may import which package; one that is not named here may be imported by no layer. */
const serverPackages: readonly [RegExp, readonly string[]][] = [
  [/^yaml$/, ["syntax"]],
  [/^web-tree-sitter$/, ["syntax"]],
  [/^vscode-languageserver/, ["protocol"]],
  [/^node:/, ["workspace", "protocol"]],
];

/** What the protocol may import from outside of the server: types of messages, the one judge of secrets, and the version. */
const outsideOfServer: readonly { readonly target: string; readonly typesOnly: boolean }[] = [
  { target: "client/src/shared/secrets.ts", typesOnly: false },
  { target: "client/src/shared/server-messages.ts", typesOnly: true },
  { target: "client/src/shared/size-request.ts", typesOnly: true },
  { target: "package.json", typesOnly: false },
];

/** What the client may run of the server, and which part of it: what both must read in the same way. All of it is pure. */
const readByBoth: Readonly<Record<string, string>> = {
  "server/src/syntax/dockerignore/pattern.ts": "engine",
  "server/src/syntax/image-name/registry.ts": "engine",
  "server/src/syntax/dotenv/parse.ts": "shared",
  "server/src/syntax/dotenv/resolve.ts": "shared",
  "server/src/text/value-in.ts": "shared",
};

/** Parts of the client, and what each may run of the others. Types of `engine/` and `shared/` are common ground. */
const clientParts: Readonly<Record<string, readonly string[]>> = {
  shared: ["sizes"],
  sizes: [],
  builds: ["shared"],
  compose: ["shared"],
  scan: ["shared", "sizes"],
  git: [],
  engine: ["shared", "sizes"],
  editor: ["shared", "sizes", "builds", "compose", "scan", "git", "engine"],
  cli: ["shared", "sizes", "engine"],
  views: ["shared", "sizes", "builds", "engine", "editor"],
  commands: ["shared", "sizes", "builds", "compose", "scan", "git", "engine", "editor", "views"],
};

/** Modules that reach the network. */
const network =
  /^(node:)?(net|tls|http|https|http2|dgram|dns)(\/|$)|^(dockerode|docker-modem|ssh2|undici|ws|axios|node-fetch)(\/|$)/;

interface Import {
  /** The package or built-in module, or the path from the root of the project. */
  readonly target: string;
  readonly isOwn: boolean;
  readonly isType: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const statements = [
    ...text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^;"'`]*?from\s+"([^"]+)"/gms),
    ...text.matchAll(/^\s*import\s+()"([^"]+)"/gm),
    ...text.matchAll(/\b(?:import|require)\(\s*()"([^"]+)"\s*\)/g),
  ];
  return statements.map(([, type, path = ""]) => ({
    target: path.startsWith(".") ? normalize(join(dirname(file), path)) : path,
    isOwn: path.startsWith("."),
    isType: type !== undefined && type !== "",
  }));
}

function sources(pattern: string): string[] {
  return globSync(pattern, { exclude: ["**/node_modules/**"] })
    .filter((it) => /\.tsx?$/.test(it))
    .toSorted();
}

const partOf = (file: string): string => file.split("/")[2] ?? "";

/** Without comments and the content of strings, which speak of much that is not done. */
function codeOf(file: string): string {
  return readFileSync(file, "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(["'`])(?:\\.|(?!\1)[^\\])*\1/g, '""')
    .replace(/\/\/.*$/gm, "");
}

/** Files whose code does what is meant by the pattern. */
function doing(files: readonly string[], what: RegExp): string[] {
  return files.filter((it) => what.test(codeOf(it)));
}

describe("the server", () => {
  const files = sources("server/src/*/**/*.ts");

  test("is there, in these layers", () => {
    expect(new Set(files.map(partOf))).toEqual(new Set(layers));
  });

  test.each(files)("%s imports from its own layer or one to its left", (file) => {
    const own = layers.indexOf(partOf(file));
    const upward = importsOf(file).filter(({ target, isOwn, isType }) => {
      if (!isOwn)
        return !serverPackages.some(([name, allowed]) => name.test(target) && allowed.includes(partOf(file)));
      const isOutside = outsideOfServer.some((it) => it.target === target && (isType || !it.typesOnly));
      if (isOutside && partOf(file) === "protocol") return false;
      // Pure, and the one judge of what is nobody's business.
      if (target === "client/src/shared/secrets.ts") return own < layers.indexOf("rules");
      // Texts that completion offers as they are.
      if (/^snippets\/\w+\.json$/.test(target)) return partOf(file) !== "features";
      return !target.startsWith("server/src/") || layers.indexOf(partOf(target)) > own;
    });
    expect(upward.map((it) => it.target)).toEqual([]);
  });

  test("reaches no network", () => {
    expect(importing(files, network)).toEqual([]);
  });

  test("answers the same each time: what is left of the workspace uses no clock, chance, process or log", () => {
    const pure = files.filter((it) => layers.indexOf(partOf(it)) < layers.indexOf("workspace"));
    const impure =
      /\b(?:Date\.now|new Date\(\)|performance\.now|Math\.random|process\.\w|setTimeout|setInterval|console\.\w|fetch\()/;
    expect(doing(pure, impure)).toEqual([]);
  });

  test("has rules that know no other rule", () => {
    const kinds = /^server\/src\/rules\/(?:dockerfile|compose|environment|ignore)\//;
    const knowing = files
      .filter((it) => kinds.test(it))
      .filter((file) => importsOf(file).some(({ target }) => kinds.test(target)));
    expect(knowing).toEqual([]);
  });

  test("ends every failure of a request in guarded()", () => {
    const text = readFileSync("server/src/protocol/server.ts", "utf8");
    const answers = [...text.matchAll(/\(it\) => it\.answer\w+/g)];
    expect(answers.length).toBeGreaterThan(20);
    // All of them by `answer`, which is the one way to the handlers, and guards it.
    expect(text.match(/\banswer(?:Own)?\("/g)).toHaveLength(answers.length);
    expect(text.match(/await handlers\(\)/g)).toHaveLength(1);
    expect(text).toMatch(/const answer = [^;]*guarded/);
  });
});

describe("the client", () => {
  const files = sources("client/src/**/*.ts");

  test.each(files.filter((it) => partOf(it) in clientParts))("%s keeps to its part", (file) => {
    const allowed = [partOf(file), ...(clientParts[partOf(file)] ?? [])];
    const foreign = importsOf(file).filter(({ target, isOwn, isType }) => {
      const isPart = isOwn && target.startsWith("client/src/") && target.split("/").length > 3;
      const isCommon = isType && ["engine", "shared"].includes(partOf(target));
      return isPart && !isCommon && !allowed.includes(partOf(target));
    });
    expect(foreign.map((it) => it.target)).toEqual([]);
  });

  test("its pure parts know no editor and no engine", () => {
    const pure = (...parts: string[]) => files.filter((it) => parts.includes(partOf(it)));
    const apart = pure("cli", "engine", "builds", "sizes", "shared", "compose", "scan", "git");
    expect(importing(apart, /^vscode($|-)/)).toEqual([]);
    const outside = /^(dockerode|docker-modem|tar-stream|node:.*)$/;
    expect(importing(pure("shared", "compose", "scan"), outside)).toEqual([]);
    // Reading layers takes what computes; nothing that reaches a disk or a network.
    const reaching = /^(dockerode|docker-modem|tar-stream|node:(?!(crypto|stream|zlib)$).*)$/;
    expect(importing(pure("sizes"), reaching)).toEqual([]);
  });

  test("polls nothing, nor does the server", () => {
    const all = [...files, ...sources("client/webview/**/*.{ts,tsx}"), ...sources("server/src/**/*.ts")];
    expect(doing(all, /\bsetInterval\(/)).toEqual([]);
  });

  test("says to the user what can be translated", () => {
    const saying =
      /\bshow(?:Information|Warning|Error)Message\(\s*["'`]|\b(?:title|prompt): ["`][A-Z]|\bl10n\.t\(\s*`[^`]*\$\{/;
    expect(files.filter((it) => saying.test(readFileSync(it, "utf8")))).toEqual([]);
  });

  test("reaches the network only from engine/", () => {
    // Types say what is spoken of, and are gone when it runs.
    const outside = files.filter((it) => partOf(it) !== "engine");
    expect(importing(outside, network)).toEqual([]);
  });

  test("asks for an engine only where it is seen to that the workspace is trusted", () => {
    const asking = files.filter(
      (it) => /\.connect\(\)/.test(readFileSync(it, "utf8")) && partOf(it) !== "engine",
    );
    const trusting = asking.filter((it) => /\bisTrusted\b/.test(readFileSync(it, "utf8")));
    expect(asking).toEqual(trusting);
  });

  test("imports of the server types, and what both read", () => {
    const runs = files.flatMap((file) =>
      importsOf(file).filter(
        ({ target, isType }) =>
          target.startsWith("server/") && !isType && readByBoth[target] !== partOf(file),
      ),
    );
    expect(runs).toEqual([]);
  });
});

/** Commands that ask no engine and run no program: they work in any workspace. */
const harmless = [
  "cancelBuild",
  "chooseReporter",
  "fixAll",
  "openSample",
  "refreshViews",
  "removeBuild",
  "removeBuilds",
  "showBuildLog",
  "showEffectiveCompose",
  "showSizeHistory",
  "showStepLine",
  "showStepLog",
].map((it) => `plimsoll.${it}`);

describe("the commands", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
    readonly contributes: {
      readonly commands: readonly {
        readonly command: string;
        readonly title: string;
        readonly category?: string;
        readonly enablement?: string;
      }[];
    };
  };
  const texts = sources("client/src/commands/**/*.ts").map((it) => readFileSync(it, "utf8"));
  const contributed = manifest.contributes.commands;

  test("have a title that can be translated, and stand under Plimsoll", () => {
    const wrong = contributed.filter((it) => it.category !== "Plimsoll" || !/^%[\w.]+%$/.test(it.title));
    expect(wrong.map((it) => it.command)).toEqual([]);
  });

  test("have all their texts in package.nls.json, which holds no others", () => {
    const used = [...readFileSync("package.json", "utf8").matchAll(/"%([\w.]+)%"/g)].map((it) => it[1] ?? "");
    const texts = Object.keys(JSON.parse(readFileSync("package.nls.json", "utf8")) as object);
    expect(texts.toSorted()).toEqual([...new Set(used)].toSorted());
  });

  test("are registered, and there where another part calls them by name", () => {
    const written = sources("client/src/**/*.ts").map((it) => readFileSync(it, "utf8"));
    const ids = texts.flatMap((it) =>
      [...it.matchAll(/^ {2}id: "(plimsoll\.\w+)"/gm)].map(([, id = ""]) => id),
    );
    const called = written.flatMap((it) => [
      ...it.matchAll(/executeCommand(?:<[^(]*>)?\(\s*"(plimsoll\.\w+)"/g),
    ]);
    expect(called.length).toBeGreaterThan(10);
    expect(called.map(([, id = ""]) => id).filter((it) => !ids.includes(it))).toEqual([]);
    const names = texts.flatMap((it) =>
      [...it.matchAll(/^export const (\w+)(?:: Command<| = containerCommand\()/gm)].map(
        ([, name = ""]) => name,
      ),
    );
    expect(names).toHaveLength(ids.length);
    const register = readFileSync("client/src/commands/register.ts", "utf8");
    expect(names.filter((it) => !register.includes(`register(services, ${it})`))).toEqual([]);
  });

  test("are offered in a trusted workspace only, but for those that ask no engine", () => {
    const free = contributed.filter((it) => !it.enablement?.includes("isWorkspaceTrusted"));
    expect(free.map((it) => it.command).toSorted()).toEqual(harmless);
  });

  test.each(contributed.map((it) => it.command))("%s looks whether it may ask an engine", (id) => {
    const text = texts.find((it) => it.includes(`id: "${id}"`)) ?? "";
    expect(text).not.toBe("");
    const looks =
      /\b(withEngine|withCompose|tellUntrusted|connectAnew|buildWith)\b|\b\w+\.run\(services/.test(text);
    expect(looks).toBe(!harmless.includes(id));
  });
});

describe("the pages", () => {
  const files = sources("client/webview/**/*.{ts,tsx}");

  test.each(files)("%s imports only pages, messages and sizes", (file) => {
    const foreign = importsOf(file).filter(({ target, isOwn }) =>
      isOwn
        ? !/^client\/(webview|src\/(shared|sizes))\//.test(target)
        : !/^(preact|d3-hierarchy)(\/|$)/.test(target),
    );
    expect(foreign.map((it) => it.target)).toEqual([]);
  });
});

/** Files that import a package of this name to run it, with the package. */
function importing(files: readonly string[], name: RegExp): string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter((it) => !it.isOwn && !it.isType && name.test(it.target))
      .map((it) => `${file}: ${it.target}`),
  );
}
