import { describe, expect, test } from "vitest";
import { containersOf, serviceState } from "../../../client/src/compose/service-state.ts";
import { composeContainer } from "../../../client/src/engine/containers/compose-state.ts";

const here = { address: "unix:///var/run/docker.sock" };

type Raw = Parameters<typeof composeContainer>[1];

function container(service: string, State: string, Status: string, more: Partial<Raw> = {}, labels = {}) {
  return composeContainer(here, {
    Id: `id-${service}`,
    Names: [`/shop-${service}-1`],
    State,
    Status,
    Labels: {
      "com.docker.compose.project": "shop",
      "com.docker.compose.service": service,
      "com.docker.compose.oneoff": "False",
      "com.docker.compose.project.working_dir": "/work/shop",
      "com.docker.compose.project.config_files": "/work/shop/compose.yaml,/work/shop/compose.override.yaml",
      ...labels,
    },
    ...more,
  });
}

const shop = { name: "shop", folder: "/work/shop", files: ["/work/shop/compose.yaml"] };

describe("the state of a service", () => {
  test.each([
    ["running", "Up 5 seconds", "running"],
    ["running", "Up 5 seconds (health: starting)", "starting"],
    ["running", "Up 5 minutes (healthy)", "healthy"],
    ["running", "Up 5 minutes (unhealthy)", "unhealthy"],
    ["paused", "Up 5 minutes (Paused)", "paused"],
    ["restarting", "Restarting (1) 3 seconds ago", "restarting"],
    ["created", "Created", "created"],
    ["exited", "Exited (137) 2 minutes ago", "exited"],
    ["dead", "Dead", "exited"],
    ["configured", "", "created"],
  ])("%s, %s is %s", (state, status, condition) => {
    expect(serviceState("api", [container("api", state, status)]).condition).toBe(condition);
  });

  test("nothing there", () => {
    expect(serviceState("api", [container("db", "running", "Up")])).toEqual({
      condition: "not-created",
      exitCode: undefined,
      running: 0,
      containers: 0,
      ports: [],
    });
  });

  test("the worst of several, and the exit code that is a failure", () => {
    const up = container("api", "running", "Up (healthy)");
    const down = container("api", "exited", "Exited (0) 1 second ago");
    const failed = container("api", "exited", "Exited (3) 1 second ago");
    expect(serviceState("api", [up, failed])).toMatchObject({
      condition: "healthy",
      running: 1,
      containers: 2,
      exitCode: undefined,
    });
    expect(serviceState("api", [down, failed])).toMatchObject({ condition: "exited", exitCode: 3 });
    expect(serviceState("api", [down])).toMatchObject({ condition: "exited", exitCode: 0 });
  });

  test("a port that is published for IPv4 and IPv6 is one", () => {
    const port = { PrivatePort: 80, PublicPort: 8000, Type: "tcp" };
    const Ports = [
      { IP: "0.0.0.0", ...port },
      { IP: "::", ...port },
      { PrivatePort: 443, Type: "tcp" },
    ];
    expect(serviceState("web", [container("web", "running", "Up", { Ports })]).ports).toEqual([
      { host: 8000, container: 80, protocol: "tcp", address: "0.0.0.0:8000" },
    ]);
  });
});

describe("the containers of a project", () => {
  test("by name and folder, without single commands", () => {
    const api = container("api", "running", "Up");
    const all = [
      api,
      container("api", "running", "Up", {}, { "com.docker.compose.oneoff": "True" }),
      container("api", "running", "Up", {}, { "com.docker.compose.project": "other" }),
      container("api", "running", "Up", {}, { "com.docker.compose.project.working_dir": "/else/shop" }),
    ];
    expect(containersOf(shop, all)).toEqual([api]);
  });

  test("by the files when the name is not known", () => {
    const api = container("api", "running", "Up");
    const other = container(
      "api",
      "running",
      "Up",
      {},
      { "com.docker.compose.project.config_files": "/work/shop/other.yaml" },
    );
    expect(containersOf({ ...shop, name: undefined }, [api, other])).toEqual([api]);
  });

  test("on Windows a drive is written either way", () => {
    const api = container(
      "api",
      "running",
      "Up",
      {},
      { "com.docker.compose.project.working_dir": "C:\\Work\\shop" },
    );
    expect(containersOf({ ...shop, folder: "c:/work/shop" }, [api])).toEqual([api]);
  });

  test("Compose 1.29 names its files without the folder", () => {
    const own = (folder: string, file: string) =>
      container(
        "api",
        "running",
        "Up",
        { Names: ["/shop_api_1"] },
        {
          "com.docker.compose.project.working_dir": folder,
          "com.docker.compose.project.config_files": file,
        },
      );
    const api = own("/work/shop", "docker-compose.yml");
    const files = ["/work/shop/docker-compose.yml"];
    expect(containersOf({ ...shop, name: undefined, files }, [api])).toEqual([api]);
    expect(own("C:\\work", "docker-compose.yml").files).toEqual(["C:\\work\\docker-compose.yml"]);
  });

  test("labels of older Compose", () => {
    const bare = composeContainer(here, {
      Id: "0123456789abcdef",
      Labels: { "com.docker.compose.project": "shop", "com.docker.compose.service": "api" },
      State: "running",
    });
    expect(bare).toMatchObject({ name: "0123456789ab", folder: undefined, files: [], ports: [] });
    expect(containersOf(shop, [bare])).toEqual([bare]);
  });
});
