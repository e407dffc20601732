import { describe, expect, test } from "vitest";
import { readSshAddress, sshArguments } from "../../../client/src/engine/transport/ssh.ts";
import { sshFailure } from "../../../client/src/engine/transport/ssh-failures.ts";

const argumentsFor = (url: string, program: "docker" | "podman" = "docker") =>
  sshArguments(readSshAddress(url), program);

describe("what ssh is asked for", () => {
  test.each([
    ["ssh://build", "-T -- build docker system dial-stdio"],
    ["ssh://ada@build", "-T -l ada -- build docker system dial-stdio"],
    ["ssh://ada@build:2222/", "-T -l ada -p 2222 -- build docker system dial-stdio"],
    ["ssh://[::1]:22", "-T -p 22 -- ::1 docker system dial-stdio"],
    ["ssh://my_alias", "-T -- my_alias docker system dial-stdio"],
    ["ssh://d%40corp@build", "-T -l d@corp -- build docker system dial-stdio"],
    ["ssh://build/run/x.sock", "-T -- build docker --host=unix:///run/x.sock system dial-stdio"],
    ["ssh://build/a%20b", "-T -- build docker --host=unix://'/a b' system dial-stdio"],
    ["ssh://build/a';x", "-T -- build docker --host=unix://'/a'\\'';x' system dial-stdio"],
  ])("%s", (url, expected) => {
    expect(argumentsFor(url).join(" ")).toMatch(/-o BatchMode=yes /);
    expect(argumentsFor(url).slice(argumentsFor(url).indexOf("-T")).join(" ")).toBe(expected);
  });

  test("of Podman", () => {
    expect(argumentsFor("ssh://core@vm/run/podman/podman.sock", "podman").at(-1)).toBe(
      "podman --url=unix:///run/podman/podman.sock system dial-stdio",
    );
  });

  test("a host is no option", () => {
    const all = argumentsFor("ssh://-oProxyCommand=x");
    expect(all.slice(-3, -1)).toEqual(["--", "-oProxyCommand=x"]);
  });

  test.each([
    ["ssh://", /names no host/],
    ["ssh://ada:secret@build", /cannot hold a password/],
    ["ssh://build?x=1", /nothing may follow/],
    ["ssh://build#x", /nothing may follow/],
    ["ssh://bu ild", /is no address/],
    ["ssh://100%zz@build", /“%25” is the sign itself/],
    ["ssh://build/50%.sock", /“%25” is the sign itself/],
  ])("%s", (url, message) => {
    expect(() => readSshAddress(url)).toThrow(message);
  });
});

describe("how ssh fails", () => {
  const fail = (status: number | string | null, said: string, url = "ssh://ada@build") =>
    sshFailure(url, readSshAddress(url), "docker", status, said);

  test.each([
    ["ENOENT", "", "other", /none on the PATH\. Install an OpenSSH client/],
    [
      255,
      "ssh: connect to host build port 22: Connection refused",
      "refused",
      /No SSH server answers at build\. /,
    ],
    [255, "ssh: connect to host build port 22: Connection timed out", "other", /does not answer over SSH/],
    [255, "ssh: Could not resolve hostname build: Name or service not known", "other", /build is not known/],
    [
      255,
      "ada@build: Permission denied (publickey,password).",
      "permission-denied",
      /let ada in.*ssh-copy-id ada@build/,
    ],
    [
      255,
      "No ED25519 host key is known for build and you have requested strict checking.\nHost key verification failed.",
      "other",
      /confirm it/,
    ],
    [
      255,
      "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.",
      "other",
      /ssh-keygen -R build/,
    ],
    [
      255,
      "kex_exchange_identification: read: Connection reset by peer\n",
      "other",
      /\(kex_exchange_identification: read: Connection reset by peer\)\. See whether “ssh ada@build” works/,
    ],
    [127, "sh: 1: docker: not found", "no-docker", /build has no “docker” for ada/],
    [1, "'docker' is not recognized as an internal or external command", "no-docker", /no “docker”/],
    [1, "This account is currently not available.", "permission-denied", /ada has no shell on build/],
    [1, "docker: 'system' is not a docker command.", "no-docker", /18\.09 or newer/],
    [
      1,
      "dial unix /var/run/docker.sock: connect: permission denied",
      "permission-denied",
      /usermod -aG docker ada/,
    ],
    [
      1,
      "Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?",
      "no-socket",
      /systemctl start docker/,
    ],
    [1, "something odd", "other", /reached, but not its engine \(something odd\)/],
    [0, "", "other", /the connection ended at once/],
  ] as const)("%s %s", (status, said, cause, message) => {
    const error = fail(status, said);
    expect(error.failure).toMatchObject({ kind: "unreachable", address: "ssh://ada@build", cause });
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/\.$/);
  });

  test("names port and host as known_hosts does", () => {
    const said = "REMOTE HOST IDENTIFICATION HAS CHANGED!";
    expect(fail(255, said, "ssh://ada@build:2222").message).toContain("ssh-keygen -R [build]:2222");
    expect(fail(255, said, "ssh://ada@build:2222").message).toContain("ssh -p 2222 ada@build");
  });
});
