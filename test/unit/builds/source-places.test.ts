import { expect, test } from "vitest";
import type { CompilerMessage } from "../../../client/src/builds/compiler-messages.ts";
import { copiedFiles } from "../../../client/src/builds/copied-files.ts";
import { sourceMessages } from "../../../client/src/builds/source-places.ts";

const instructions = (text: string) =>
  text
    .trim()
    .split(/(?<!\\)\n/)
    .map((it) => ({ keyword: it.trim().split(" ")[0] ?? "", text: it.trim() }));

/** The file of the context that a message is found to be about. */
async function found(stage: string, context: readonly string[], file: string): Promise<string | undefined> {
  const message = {
    tool: "t",
    file,
    line: 1,
    column: 1,
    severity: "error",
    message: "m",
    code: undefined,
  } as const;
  const [it] = await sourceMessages([message], copiedFiles(instructions(stage)), filesOf(context));
  return it?.source;
}

function filesOf(context: readonly string[]) {
  return {
    isFile: async (path: string) => context.includes(path),
    named: async (name: string) => context.filter((it) => it.split("/").at(-1) === name),
  };
}

test("by WORKDIR and COPY of the stage", async () => {
  const stage = `
    WORKDIR /src
    COPY go.mod go.sum ./
    COPY . .
    RUN go build ./...`;
  const context = ["main.go", "internal/store/store.go", "go.mod"];
  expect(await found(stage, context, "internal/store/store.go")).toBe("internal/store/store.go");
  expect(await found(stage, context, "./main.go")).toBe("main.go");
  expect(await found(stage, context, "/src/main.go")).toBe("main.go");
  expect(await found(stage, context, "/src/go.mod")).toBe("go.mod");
  expect(await found(stage, context, "/usr/lib/go/main.go")).toBeUndefined();
});

test("what was copied under another name, or from a folder, by patterns, in JSON form, with flags", async () => {
  const context = ["web/src/a.ts", "api/cmd/main.go", "cfg/prod.py", "api/util.go", "lib/x/y.c"];
  const of = (copy: string, file: string) => found(`WORKDIR /app\n${copy}\nRUN make`, context, file);
  expect(await of("COPY web/src ./src", "src/a.ts")).toBe("web/src/a.ts");
  expect(await of("COPY web/src/ /app/", "/app/a.ts")).toBe("web/src/a.ts");
  expect(await of("COPY cfg/prod.py settings.py", "settings.py")).toBe("cfg/prod.py");
  expect(await of("COPY api/*.go ./", "util.go")).toBe("api/util.go");
  expect(await of('COPY --chown=1:1 ["api/cmd", "cmd/"]', "cmd/main.go")).toBe("api/cmd/main.go");
  expect(await of("COPY --link web/src \\\n  ./src", "src/a.ts")).toBe("web/src/a.ts");
  expect(await of("COPY --parents lib/x ./", "lib/x/y.c")).toBe("lib/x/y.c");
  expect(await of("COPY --from=other /x/web/src /app/other", "/app/other/a.ts")).toBeUndefined();
});

test("what RUN mounts of the context", async () => {
  const stage =
    "WORKDIR /out\nRUN --mount=type=bind,source=api,target=/src --mount=type=cache,target=/c go build";
  expect(await found(stage, ["api/main.go"], "/src/main.go")).toBe("api/main.go");
});

test("where the step changed its directory: the one file that ends like it", async () => {
  const stage = "WORKDIR /src\nCOPY . .\nRUN cd cmd/api && go build";
  expect(await found(stage, ["cmd/api/main.go", "cmd/web/other.go"], "./main.go")).toBe("cmd/api/main.go");
  expect(await found(stage, ["cmd/api/x/a.go", "cmd/web/x/a.go"], "x/a.go")).toBeUndefined();
  expect(await found(stage, ["cmd/api/a.go", "web/a.go"], "../api/a.go")).toBe("cmd/api/a.go");
  // A variable that is not known decides where it is.
  expect(await found("WORKDIR $HOME/app\nCOPY . .\nRUN tsc", ["src/a.ts"], "src/a.ts")).toBe("src/a.ts");
});

test("never what is installed, nor what lies outside", async () => {
  const stage = "WORKDIR /app\nCOPY . .\nRUN tsc";
  const context = ["index.d.ts", "app.py", "x/main.go"];
  expect(await found(stage, context, "node_modules/@types/x/index.d.ts")).toBeUndefined();
  expect(await found(stage, context, "/usr/lib/python3/site-packages/app.py")).toBeUndefined();
  expect(await found(stage, context, "/go/pkg/mod/example.com/x/main.go")).toBeUndefined();
  expect(await found("WORKDIR /a\nCOPY ../b ./\nRUN x", ["b/c.go"], "/elsewhere/c.go")).toBeUndefined();
});

test("of a traceback the innermost frame that is in the context", async () => {
  const frame = (file: string): CompilerMessage => ({
    tool: "python",
    file,
    line: 3,
    column: undefined,
    severity: "error",
    message: "ValueError",
    code: undefined,
    oneOf: "traceback 1",
  });
  const places = await sourceMessages(
    ["/usr/lib/python3/json.py", "/app/pkg/load.py", "/app/manage.py"].map(frame),
    copiedFiles(instructions("WORKDIR /app\nCOPY . .\nRUN python manage.py")),
    filesOf(["manage.py", "pkg/load.py"]),
  );
  expect(places.map((it) => it.source)).toEqual(["pkg/load.py"]);
});
