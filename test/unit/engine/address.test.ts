import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  contextNames,
  type FileLook,
  resolveAddress,
  resolveContext,
  type Surroundings,
  socketPath,
} from "../../../client/src/engine/transport/address.ts";
import { engineChoices } from "../../../client/src/engine/transport/choices.ts";

const home = "/home/ada";

function around(environment: Record<string, string> = {}, more: Partial<Surroundings> = {}): Surroundings {
  return { environment, platform: "linux", home, userId: 1000, ...more };
}

/** Files by path; sockets have no text. */
function files(...entries: readonly (string | readonly [string, unknown])[]): FileLook {
  const all = new Map(
    entries.map((entry) => (typeof entry === "string" ? [entry, ""] : [entry[0], JSON.stringify(entry[1])])),
  );
  return {
    exists: (path) => all.has(path),
    read: (path) => all.get(path),
    list: (folder) => [
      ...new Set(
        [...all.keys()]
          .filter((it) => it.startsWith(`${folder}/`))
          .map((it) => it.slice(folder.length + 1).split("/")[0] ?? ""),
      ),
    ],
  };
}

const first = (
  environment: Record<string, string>,
  look: FileLook = files(),
  more: Partial<Surroundings> = {},
) => resolveAddress(around(environment, more), look).candidates[0];

function context(name: string, docker: unknown): readonly [string, unknown] {
  const id = createHash("sha256").update(name).digest("hex");
  return [`${home}/.docker/contexts/meta/${id}/meta.json`, { Name: name, Endpoints: { docker } }];
}

describe("DOCKER_HOST", () => {
  test.each([
    ["unix:///run/x.sock", "unix:///run/x.sock"],
    ["/run/x.sock", "unix:///run/x.sock"],
    ["unix://~/x.sock", "unix:///home/ada/x.sock"],
    ["unix://", "unix:///var/run/docker.sock"],
    ["npipe:////./pipe/docker_engine", "npipe:////./pipe/docker_engine"],
    ["tcp://build:2375", "tcp://build:2375"],
    ["build:2375", "tcp://build:2375"],
    ["http://build:2375", "tcp://build:2375"],
    ["ssh://ada@build", "ssh://ada@build"],
    ["ssh://ada@build:2222/run/user/1000/docker.sock", "ssh://ada@build:2222/run/user/1000/docker.sock"],
    ["npipe://", "npipe:////./pipe/docker_engine"],
    ["  unix:///run/x.sock ", "unix:///run/x.sock"],
  ])("%s", (written, url) => {
    expect(first({ DOCKER_HOST: written })).toEqual({ url, from: "DOCKER_HOST", tls: undefined });
  });

  test("beats a context and every socket", () => {
    const look = files("/var/run/docker.sock", [`${home}/.docker/config.json`, { currentContext: "colima" }]);
    expect(first({ DOCKER_HOST: "tcp://a:1", DOCKER_CONTEXT: "colima" }, look)?.url).toBe("tcp://a:1");
  });

  test("with certificates", () => {
    expect(first({ DOCKER_HOST: "tcp://a:2376" })?.tls).toEqual({
      folder: "/home/ada/.docker",
      verify: true,
    });
    expect(
      first({ DOCKER_HOST: "tcp://a:1", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "/certs" })?.tls,
    ).toEqual({
      folder: "/certs",
      verify: true,
    });
    expect(first({ DOCKER_HOST: "tcp://a:1", DOCKER_CERT_PATH: "/certs" })?.tls).toEqual({
      folder: "/certs",
      verify: false,
    });
    expect(first({ DOCKER_HOST: "unix:///x", DOCKER_TLS_VERIFY: "1" })?.tls).toBeUndefined();
  });
});

describe("contexts", () => {
  const config = [`${home}/.docker/config.json`, { currentContext: "colima" }] as const;
  const colima = context("colima", { Host: "unix:///home/ada/.colima/docker.sock", SkipTLSVerify: false });

  test("the current one of config.json", () => {
    expect(first({}, files("/var/run/docker.sock", config, colima))).toEqual({
      url: "unix:///home/ada/.colima/docker.sock",
      from: "context “colima”",
      tls: undefined,
    });
  });

  test("DOCKER_CONTEXT before config.json", () => {
    const remote = context("remote", { Host: "tcp://build:2376" });
    const folder = remote[0].replace("meta", "tls").replace("meta.json", "docker");
    expect(first({ DOCKER_CONTEXT: "remote" }, files(config, colima, remote, `${folder}/ca.pem`))).toEqual({
      url: "tcp://build:2376",
      from: "context “remote”",
      tls: { folder, verify: true },
    });
  });

  test("default is the sockets", () => {
    const look = files("/var/run/docker.sock", config, colima);
    expect(first({ DOCKER_CONTEXT: "default" }, look)?.url).toBe("unix:///var/run/docker.sock");
  });

  test("DOCKER_CONFIG is where they are", () => {
    const elsewhere = [config, colima].map(
      ([path, value]) => [path.replace(`${home}/.docker`, "/cfg"), value] as const,
    );
    expect(first({ DOCKER_CONFIG: "/cfg" }, files(...elsewhere))?.from).toBe("context “colima”");
  });

  test("by its name, whatever else is set", () => {
    const look = files("/var/run/docker.sock", config, colima);
    const by = (name: string) => resolveContext(name, around({ DOCKER_HOST: "tcp://a:1" }), look);
    expect(by("colima").candidates.map((it) => it.from)).toEqual(["context “colima”"]);
    expect(by("default").candidates.map((it) => it.url)).toEqual(["unix:///var/run/docker.sock"]);
    expect(by("gone").problem).toMatch(/Docker context “gone”.*docker context ls/);
  });

  test("over SSH, and skipping the check of certificates", () => {
    const look = files(
      context("far", { Host: "ssh://ada@build" }),
      context("lax", { Host: "tcp://build:2376", SkipTLSVerify: true }),
    );
    const of = (name: string) => resolveContext(name, around(), look).candidates[0];
    expect(of("far")).toMatchObject({ url: "ssh://ada@build", tls: undefined });
    expect(of("lax")?.tls).toMatchObject({ verify: false });
  });

  test("their names", () => {
    const broken = `${home}/.docker/contexts/meta/abc/meta.json`;
    const look = files(context("b", {}), colima, broken, context("a", {}));
    expect(contextNames(around(), look)).toEqual(["a", "b", "colima"]);
    expect(contextNames(around(), files())).toEqual([]);
  });

  test("on Windows", () => {
    const id = createHash("sha256").update("desktop-linux").digest("hex");
    const meta = `C:\\Users\\ada\\.docker\\contexts\\meta\\${id}\\meta.json`;
    const host = "npipe:////./pipe/dockerDesktopLinuxEngine";
    const look: FileLook = {
      exists: (path) => path === meta,
      read: (path) =>
        path === meta
          ? JSON.stringify({ Name: "desktop-linux", Endpoints: { docker: { Host: host } } })
          : undefined,
      list: (folder) => (folder === "C:\\Users\\ada\\.docker\\contexts\\meta" ? [id] : []),
    };
    const windows = around(
      { DOCKER_CONTEXT: "desktop-linux" },
      { platform: "win32", home: "C:\\Users\\ada" },
    );
    expect(resolveAddress(windows, look).candidates[0]?.url).toBe(host);
    expect(socketPath(host)).toBe("//./pipe/dockerDesktopLinuxEngine");
    expect(contextNames(windows, look)).toEqual(["desktop-linux"]);
  });

  test("one that does not exist is a problem, not a reason to take another engine", () => {
    const search = resolveAddress(around(), files("/var/run/docker.sock", config));
    expect(search.candidates).toEqual([]);
    expect(search.problem).toMatch(/config\.json names the Docker context “colima”/);
  });

  test("a broken config.json names none", () => {
    const look: FileLook = { ...files("/var/run/docker.sock"), read: () => "{" };
    expect(first({}, look)?.from).toBe("default socket");
  });
});

describe("known sockets", () => {
  test("in their order, those that exist", () => {
    const sockets = [
      "/var/run/docker.sock",
      `${home}/.docker/run/docker.sock`,
      `${home}/.docker/desktop/docker.sock`,
      "/run/user/1000/docker.sock",
      `${home}/.colima/default/docker.sock`,
      `${home}/.orbstack/run/docker.sock`,
      "/run/user/1000/podman/podman.sock",
      "/run/podman/podman.sock",
    ];
    const found = resolveAddress(around(), files(...sockets.toReversed())).candidates;
    expect(found.map((it) => it.url)).toEqual(sockets.map((it) => `unix://${it}`));
    expect(found.map((it) => it.from)).toContain("Podman");
  });

  test("XDG_RUNTIME_DIR names the rootless one's folder", () => {
    expect(first({ XDG_RUNTIME_DIR: "/xdg" }, files("/xdg/docker.sock"))).toMatchObject({
      url: "unix:///xdg/docker.sock",
      from: "rootless Docker",
    });
  });

  test("pipes on Windows", () => {
    const search = resolveAddress(
      around({}, { platform: "win32", home: "C:\\Users\\ada" }),
      files("//./pipe/docker_engine"),
    );
    expect(search.candidates.map((it) => it.url)).toEqual(["npipe:////./pipe/docker_engine"]);
  });

  test("on macOS: Docker Desktop, Colima, OrbStack, Rancher Desktop and Podman, by what the user has", () => {
    const mac = { platform: "darwin", home: "/Users/ada", userId: 501 };
    const sockets = [
      ["/Users/ada/.docker/run/docker.sock", "Docker Desktop"],
      ["/Users/ada/.colima/default/docker.sock", "Colima"],
      ["/Users/ada/.config/colima/default/docker.sock", "Colima"],
      ["/Users/ada/.orbstack/run/docker.sock", "OrbStack"],
      ["/Users/ada/.rd/docker.sock", "Rancher Desktop"],
      ["/Users/ada/.local/share/containers/podman/machine/podman.sock", "Podman"],
      ["/var/folders/x/T/podman/podman-machine-default-api.sock", "Podman"],
    ] as const;
    const look = files(...sockets.map(([socket]) => socket));
    const { candidates } = resolveAddress(around({ TMPDIR: "/var/folders/x/T/" }, mac), look);
    expect(candidates.map((it) => [it.url, it.from])).toEqual(
      sockets.map(([socket, from]) => [`unix://${socket}`, from]),
    );
  });

  test("all pipes on Windows, and no socket of other systems", () => {
    const { looked } = resolveAddress(around({}, { platform: "win32", home: "C:\\Users\\ada" }), files());
    expect(looked).toEqual([
      "//./pipe/docker_engine",
      "//./pipe/dockerDesktopLinuxEngine",
      "//./pipe/podman-machine-default",
    ]);
  });

  test("without a user's number and runtime folder, the rootless ones are not guessed", () => {
    const { looked } = resolveAddress(around({}, { userId: undefined }), files());
    expect(looked.filter((it) => it.startsWith("/run/user"))).toEqual([]);
  });

  test("none: what was looked at is told", () => {
    const search = resolveAddress(around(), files());
    expect(search.candidates).toEqual([]);
    expect(search.problem).toBeUndefined();
    expect(search.looked).toContain("/var/run/docker.sock");
    expect(search.looked.length).toBeGreaterThan(8);
  });
});

describe("what can be picked", () => {
  const colima = context("colima", { Host: "unix:///home/ada/.colima/default/docker.sock" });
  const far = context("far", { Host: "ssh://ada@build" });
  const look = files(
    colima,
    far,
    "/var/run/docker.sock",
    `${home}/.colima/default/docker.sock`,
    "/run/podman/podman.sock",
  );
  const shown = (environment: Record<string, string>, setting?: string) =>
    engineChoices(around(environment), look, setting).map(({ selection, name, address }) =>
      [selection?.by ?? "automatic", name, address?.url].join(" "),
    );

  test("contexts, and sockets that no context names", () => {
    expect(shown({})).toEqual([
      "automatic default socket unix:///var/run/docker.sock",
      "context colima unix:///home/ada/.colima/default/docker.sock",
      "context far ssh://ada@build",
      "address default socket unix:///var/run/docker.sock",
      "address Podman unix:///run/podman/podman.sock",
    ]);
  });

  test("DOCKER_HOST where it is set, and what the setting says", () => {
    const choices = shown({ DOCKER_HOST: "/run/podman/podman.sock" }, "build:2375");
    expect(choices.slice(0, 2)).toEqual([
      "automatic plimsoll.engine.host tcp://build:2375",
      "environment DOCKER_HOST unix:///run/podman/podman.sock",
    ]);
    expect(choices).toHaveLength(5);
  });

  test("what is chosen in Docker's own configuration, also when it is not there", () => {
    expect(shown({ DOCKER_CONTEXT: "far" })[0]).toBe("automatic context “far” ssh://ada@build");
    const [automatic] = engineChoices(around({ DOCKER_CONTEXT: "gone" }), look, undefined);
    expect(automatic?.address).toBeUndefined();
    expect(automatic?.problem).toMatch(/“gone”/);
  });

  test("nothing at all", () => {
    expect(engineChoices(around(), files(), undefined)).toEqual([
      { selection: undefined, name: undefined, address: undefined, problem: undefined },
    ]);
  });
});
