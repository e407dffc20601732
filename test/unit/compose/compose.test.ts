import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { composeArguments, goesOn, meansAllProfiles } from "../../../client/src/compose/command-line.ts";
import { engineEnvironment } from "../../../client/src/compose/engine-environment.ts";
import {
  canWatch,
  composeCandidates,
  composeVersion,
  findCompose,
} from "../../../client/src/compose/program.ts";
import { splitWords } from "../../../client/src/compose/split-words.ts";
import { runProgram } from "../../../client/src/programs.ts";

describe("the program", () => {
  test("the plugin first, then the one of its own", () => {
    expect(composeCandidates("")).toEqual([
      { program: "docker", arguments: ["compose"] },
      { program: "docker-compose", arguments: [] },
    ]);
  });

  test("what the setting names, and nothing else", () => {
    const both = (program: string) => [
      { program, arguments: ["compose"] },
      { program: `${program} compose`, arguments: [] },
    ];
    expect(composeCandidates(" podman compose ")).toEqual(both("podman"));
    const onWindows = "C:\\Program Files\\Docker\\docker.exe";
    expect(composeCandidates(`${onWindows} compose`)).toEqual(both(onWindows));
    expect(composeCandidates("/opt/my tools/docker-compose")).toEqual([
      { program: "/opt/my tools/docker-compose", arguments: [] },
    ]);
  });

  test("the first that runs is taken: not a docker without the plugin", async () => {
    const asked: string[] = [];
    const found = await findCompose("", async (program, args) => {
      asked.push([program, ...args].join(" "));
      return program === "docker" ? undefined : "1.29.2\n";
    });
    expect(found).toEqual({ program: "docker-compose", arguments: [], version: "1.29.2" });
    expect(asked).toEqual(["docker compose version --short", "docker-compose version --short"]);
    expect(await findCompose("", async () => undefined)).toBeUndefined();
    expect(await findCompose("", async () => "what?")).toBeUndefined();
  });

  test.skipIf(process.platform === "win32")(
    "really run: docker without its plugin, and version 1",
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), "plimsoll-compose-v1-"));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const program = (name: string, script: string) =>
        writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      program("docker", `echo "docker: 'compose' is not a docker command." >&2; exit 1`);
      const look = () =>
        findCompose("", async (name, args) => {
          const ended = await runProgram(name, args, { environment: { PATH: folder } });
          return ended?.exitCode === 0 ? ended.printed : undefined;
        });
      expect(await look()).toBeUndefined();
      program("docker-compose", '[ "$*" = "version --short" ] && echo 1.29.2');
      expect(await look()).toEqual({ program: "docker-compose", arguments: [], version: "1.29.2" });
    },
  );

  test.each([
    ["2.40.3-3\n", "2.40.3"],
    ["v2.24.1\n", "2.24.1"],
    ["1.29.2", "1.29.2"],
    ["some warning\n2.26.1\n", "2.26.1"],
    ["Docker version 28", undefined],
    ["", undefined],
  ])("version %j", (printed, version) => {
    expect(composeVersion(printed)).toBe(version);
  });

  test.each([
    ["2.21.0", false],
    ["2.22.0", true],
    ["5.0.1", true],
    ["1.29.2", false],
  ])("%s watches: %s", (version, able) => {
    expect(canWatch({ program: "docker", arguments: ["compose"], version })).toBe(able);
  });
});

describe("command lines", () => {
  const whole = { files: [], profiles: [] };

  test("files and profiles come before the command", () => {
    const target = { files: ["/p/a b.yaml"], profiles: ["debug", "all"] };
    const action = { kind: "up", services: ["api"], build: true, detach: true } as const;
    expect(composeArguments(target, action)).toEqual(
      "--file|/p/a b.yaml|--profile|debug|--profile|all|up|--detach|--build|api".split("|"),
    );
  });

  test("each action", () => {
    const line = (action: Parameters<typeof composeArguments>[1]) =>
      composeArguments(whole, action).join(" ");
    expect(line({ kind: "up", services: [], build: false, detach: false })).toBe("up");
    expect(line({ kind: "down", volumes: false })).toBe("down");
    expect(line({ kind: "down", volumes: true })).toBe("down --volumes");
    expect(line({ kind: "restart", services: ["a", "b"] })).toBe("restart a b");
    expect(line({ kind: "pull", services: [] })).toBe("pull");
    expect(line({ kind: "logs", services: ["a"] })).toBe("logs --follow --tail 200 a");
    expect(line({ kind: "run", service: "a", command: ["migrate", "up"] })).toBe("run --rm a migrate up");
    expect(line({ kind: "exec", service: "a", command: ["ls"] })).toBe("exec a ls");
    expect(line({ kind: "shell", service: "a" })).toMatch(/^exec a sh -c if command -v bash/);
    expect(line({ kind: "config" })).toBe("config");
  });

  test("which of them go on", () => {
    expect(goesOn({ kind: "up", services: [], build: false, detach: false })).toBe(true);
    expect(goesOn({ kind: "up", services: [], build: false, detach: true })).toBe(false);
    expect(goesOn({ kind: "logs", services: [] })).toBe(true);
    expect(goesOn({ kind: "stop", services: [] })).toBe(false);
  });

  test("which of them are about all profiles", () => {
    expect(meansAllProfiles({ kind: "down", volumes: false })).toBe(true);
    expect(meansAllProfiles({ kind: "pull", services: [] })).toBe(false);
  });
});

test.each([
  ["migrate -path /m up", ["migrate", "-path", "/m", "up"]],
  [`sh -c 'echo "a b"' x`, ["sh", "-c", 'echo "a b"', "x"]],
  [`psql -c "select \\"a\\"" ''`, ["psql", "-c", 'select "a"', ""]],
  ["a\\ b  c", ["a b", "c"]],
  ["  ", []],
  ["echo 'open", undefined],
])("words of %j", (text, words) => {
  expect(splitWords(text)).toEqual(words);
});

describe("the engine's environment", () => {
  test("an address, whoever named it", () => {
    expect(engineEnvironment("unix:///run/podman.sock", "Podman")).toEqual({
      DOCKER_HOST: "unix:///run/podman.sock",
      DOCKER_CONTEXT: "",
    });
  });

  test("a context, with its certificates", () => {
    expect(engineEnvironment("tcp://build:2376", "context “build farm”")).toEqual({
      DOCKER_HOST: "",
      DOCKER_CONTEXT: "build farm",
    });
  });
});
