import { describe, expect, test } from "vitest";
import { urlOf } from "../../../client/src/editor/containers/port-url.ts";
import { composeContainer } from "../../../client/src/engine/containers/compose-state.ts";
import { publishedPorts } from "../../../client/src/engine/containers/inspect-container.ts";
import {
  bindingFor,
  engineHost,
  publishedAt,
} from "../../../client/src/engine/containers/published-ports.ts";
import { toEngineError } from "../../../client/src/engine/failures.ts";

describe("the machine of an engine", () => {
  test.each([
    ["unix:///var/run/docker.sock", undefined],
    ["npipe:////./pipe/docker_engine", undefined],
    ["tcp://localhost:2375", undefined],
    ["tcp://127.0.0.1:2375", undefined],
    ["tcp://[::1]:2375", undefined],
    ["tcp://build-host:2376", "build-host"],
    ["tcp://192.168.49.2:2376", "192.168.49.2"],
    ["tcp://[fd00::2]:2375", "fd00::2"],
    ["tcp://localhost.example.org:2375", "localhost.example.org"],
    ["ssh://ada@build-host:2222/run/x.sock", "build-host"],
    ["ssh://my_alias", "my_alias"],
    ["ssh://root@127.0.0.1:2222", "127.0.0.1"],
  ])("%s is %s", (address, host) => {
    expect(engineHost(address)).toBe(host);
  });

  test("what runs is published where it can be asked from here, and no wider", () => {
    expect(bindingFor("unix:///var/run/docker.sock")).toBe("127.0.0.1");
    expect(bindingFor("tcp://127.0.0.1:2375")).toBe("127.0.0.1");
    // Forwarded from there.
    expect(bindingFor("ssh://build-host")).toBe("127.0.0.1");
    expect(bindingFor("tcp://build-host:2375")).toBe("");
  });
});

describe("where a published port is", () => {
  test.each([
    ["unix:///var/run/docker.sock", "127.0.0.1", "127.0.0.1:8080"],
    ["unix:///var/run/docker.sock", "0.0.0.0", "0.0.0.0:8080"],
    ["unix:///var/run/docker.sock", "::", "[::]:8080"],
    ["unix:///var/run/docker.sock", undefined, "127.0.0.1:8080"],
    ["tcp://build-host:2376", "0.0.0.0", "build-host:8080"],
    ["tcp://build-host:2376", "", "build-host:8080"],
    ["tcp://[fd00::2]:2376", "::", "[fd00::2]:8080"],
    ["tcp://build-host:2376", "10.0.0.5", "10.0.0.5:8080"],
    ["tcp://build-host:2376", "127.0.0.1", "127.0.0.1:8080 on build-host"],
    ["ssh://ada@build-host", "0.0.0.0", "build-host:8080"],
    ["ssh://ada@build-host", "127.0.0.1", "127.0.0.1:8080 on build-host"],
  ])("%s, bound to %j: %s", (address, ip, at) => {
    expect(publishedAt({ address }, ip, 8080)).toBe(at);
  });

  test("on a host over SSH that this machine has a way to, it is the end of the way", () => {
    const connection = { address: "ssh://build-host", tunnels: new Map([[8080, "127.0.0.1:41000"]]) };
    expect(publishedAt(connection, "127.0.0.1", 8080)).toBe("127.0.0.1:41000");
    expect(publishedAt(connection, "127.0.0.1", 8081)).toBe("127.0.0.1:8081 on build-host");
  });

  test("for containers, for services of Compose, and for the browser", () => {
    const far = { address: "tcp://build-host:2376" };
    const inspected = {
      Id: "a",
      Name: "/a",
      State: { Running: true, ExitCode: 0 },
      NetworkSettings: {
        Ports: {
          "9000/udp": [{ HostIp: "0.0.0.0", HostPort: "9000" }],
          "8081/tcp": null,
          "8443/tcp": [{ HostIp: "0.0.0.0", HostPort: "8443" }],
        },
      },
    };
    const ports = publishedPorts({ ...far } as Parameters<typeof publishedPorts>[0], inspected);
    expect(ports).toEqual({ "9000/udp": "build-host:9000", "8443/tcp": "build-host:8443" });
    expect(urlOf(ports)).toBe("https://build-host:8443");
    const service = composeContainer(far, {
      Id: "b",
      State: "running",
      Ports: [{ IP: "0.0.0.0", PrivatePort: 80, PublicPort: 8000, Type: "tcp" }],
    });
    expect(service.ports).toEqual([
      { host: 8000, container: 80, protocol: "tcp", address: "build-host:8000" },
    ]);
  });

  test("what only the other machine has is no address to open", () => {
    expect(urlOf({ "80/tcp": "127.0.0.1:8080 on build-host" })).toBeUndefined();
    expect(urlOf({ "80/tcp": "127.0.0.1:8080 on build-host", "81/tcp": "build-host:81" })).toBe(
      "http://build-host:81",
    );
    expect(urlOf({ "80/tcp": "0.0.0.0:8080" })).toBe("http://127.0.0.1:8080");
    expect(urlOf({ "80/tcp": "[::]:8080" })).toBe("http://127.0.0.1:8080");
  });

  test("a port in use is one of that machine", () => {
    const busy = { statusCode: 500, message: "Bind for 0.0.0.0:8080 failed: port is already allocated" };
    expect(toEngineError(busy, "tcp://build-host:2375", "starting").message).toMatch(
      /^Port 8080 of build-host is already in use/,
    );
    expect(toEngineError(busy, "unix:///x", "starting").message).toMatch(/^Port 8080 of this machine/);
  });
});
