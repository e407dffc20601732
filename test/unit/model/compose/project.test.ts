// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { describe, expect, test } from "vitest";
import type { Service } from "../../../../server/src/model/compose/project.ts";
import { HOLE } from "../../../../server/src/syntax/compose/interpolate.ts";
import { source } from "../../../../server/src/text/source.ts";
import { type ComposeSurroundings, composeOf } from "../../../support/compose.ts";

/** The service `a` of a file with these keys. */
function service(keys: string, around: ComposeSurroundings = {}): Service {
  const indented = keys.replace(/^(?=.)/gm, "    ");
  const found = composeOf(`services:\n  a:\n    image: a\n${indented}`, around).services.get("a");
  if (!found) throw new Error("no service a");
  return found;
}

test("a service in its short forms and in its long forms is the same", () => {
  const short = service(source`
    build: ./api
    depends_on: [db]
    networks: [front]
    environment: ["A=1", B]
    ports: ["127.0.0.1:8080:80/udp"]
    volumes: ["data:/data:ro", "./src:/src"]
    healthcheck: {test: curl localhost}
    extra_hosts: ["files:10.0.0.1"]
    secrets: [pw]
  `);
  const long = service(source`
    build: {context: ./api}
    depends_on: {db: {condition: service_started}}
    networks: {front: }
    environment: {A: 1, B: }
    ports: [{host_ip: 127.0.0.1, published: "8080", target: 80, protocol: udp}]
    volumes: [{type: volume, source: data, target: /data, read_only: true}, {type: bind, source: ./src, target: /src}]
    healthcheck: {test: [CMD-SHELL, curl localhost]}
    extra_hosts: {files: 10.0.0.1}
    secrets: [{source: pw}]
  `);
  const facts = (it: Service) => ({
    context: it.build?.context?.value,
    dependsOn: it.dependsOn.map((on) => on.service.value),
    networks: it.networks.map((use) => use.name.value),
    environment: it.environment.map((entry) => [entry.name.value, entry.value?.value]),
    ports: it.ports.map(({ span: _, text: __, publishedText, ...port }) => [publishedText?.value, port]),
    mounts: it.mounts.map((mount) => [mount.kind, mount.source?.value, mount.target.value]),
    test: it.healthcheck?.test?.map((word) => word.value),
    extraHosts: it.extraHosts.map((host) => host.value),
    secrets: it.secrets.map((name) => name.value),
  });
  expect(facts(long)).toEqual(facts(short));
  expect(facts(short)).toEqual({
    context: "./api",
    dependsOn: ["db"],
    networks: ["front"],
    environment: [
      ["A", "1"],
      ["B", undefined],
    ],
    ports: [
      [
        "8080",
        {
          hostAddress: "127.0.0.1",
          published: 8080,
          lastPublished: 8080,
          target: 80,
          lastTarget: 80,
          protocol: "udp",
          known: true,
        },
      ],
    ],
    mounts: [
      ["volume", "data", "/data"],
      ["bind", "./src", "/src"],
    ],
    test: ["CMD-SHELL", "curl localhost"],
    extraHosts: ["files"],
    secrets: ["pw"],
  });
});

describe("ports", () => {
  test.each([
    ["80", undefined, undefined, 80],
    ["8080:80", undefined, 8080, 80],
    ["127.0.0.1:8080:80", "127.0.0.1", 8080, 80],
    ["127.0.0.1::80", "127.0.0.1", undefined, 80],
    ["[::1]:6001:6000", "::1", 6001, 6000],
    ["::1:6001:6000", "::1", 6001, 6000],
    ["3000-3005:4000-4005", undefined, 3000, 4000],
    ["${PORT}:80", undefined, undefined, 80],
    ["${PORT:-8080}:80", undefined, 8080, 80],
    ["${HOST_IP}:8080:80", HOLE, 8080, 80],
  ])("%s", (spec, hostAddress, published, target) => {
    expect(service(`ports: ["${spec}"]\n`).ports[0]).toMatchObject({
      hostAddress,
      published,
      target,
      protocol: "tcp",
    });
  });

  test("the end of a range, and where a part of it is written", () => {
    const [range, open] = service('ports: ["127.0.0.1:3000-3005:4000-4005", "80:${PORT}"]\n').ports;
    expect([range?.lastPublished, range?.lastTarget, range?.publishedText?.value]).toEqual([
      3005,
      4005,
      "3000-3005",
    ]);
    expect([range?.known, open?.known]).toEqual([true, false]);
  });

  test("what is no port is left out", () => {
    expect(service('ports: [web, "80:web", "99999", ""]\n').ports).toEqual([]);
  });
});

describe("what is run", () => {
  test.each([
    ["command: serve --port 80\n", ["serve", "--port", "80"], undefined],
    ["command: [serve, --port, 80]\n", ["serve", "--port", "80"], undefined],
    ["command: a && b\n", ["a"], 2],
    ["command: serve ${ARGS}\n", ["serve", HOLE], undefined],
    ["command: serve 'x\n", undefined, undefined],
    ["command: []\n", [], undefined],
  ])("%s", (keys, words, cutAt) => {
    const { command } = service(keys);
    expect([command?.words, command?.cutAt]).toEqual([words, cutAt]);
  });

  test("how often, and whether again", () => {
    expect(service("scale: 2\nrestart: always\n")).toMatchObject({
      replicas: { value: 2 },
      restart: { value: "always" },
    });
    expect(service("deploy: {replicas: 3}\n").replicas?.value).toBe(3);
    expect(service('deploy: {replicas: "${N}"}\n').replicas).toBeUndefined();
  });
});

describe("mounts", () => {
  test.each([
    ["data:/data", "volume", "data", "/data"],
    ["./a:/data:ro,z", "bind", "./a", "/data"],
    ["~/a:/data", "bind", "~/a", "/data"],
    ["C:\\\\a:/data", "bind", "C:\\a", "/data"],
    ["c:/a:/data:ro", "bind", "c:/a", "/data"],
    ["/data", "anonymous", undefined, "/data"],
    ["d:/data", "anonymous", undefined, "d:/data"],
    ["a:b", "anonymous", undefined, "a:b"],
    ["${DIR}:/data", "unknown", HOLE, "/data"],
    ["${DIR}/sub:/data", "unknown", `${HOLE}/sub`, "/data"],
    ["./${DIR}:/data", "bind", `./${HOLE}`, "/data"],
    ["${DIR:-./a}:/data", "bind", "./a", "/data"],
  ])("%s", (spec, kind, from, target) => {
    const mount = service(`volumes: ["${spec}"]\n`).mounts[0];
    expect([mount?.kind, mount?.source?.value, mount?.target.value]).toEqual([kind, from, target]);
  });
});

describe("environment", () => {
  const files = { "one.env": "A=1\nB=one\nC='$x'\nD=$x\nE\n", "two.env": "B=two\n" };

  test("goes before env_file, a later file before an earlier one", () => {
    const { environment, environmentComplete } = service(
      "env_file: [one.env, ./two.env]\nenvironment: {A: own}\n",
      { files },
    );
    expect(environmentComplete).toBe(true);
    expect(environment.map((it) => [it.name.value, it.value?.value, it.value?.known, it.inFile])).toEqual([
      ["A", "own", true, false],
      ["B", "two", true, true],
      ["C", "$x", true, true],
      ["D", HOLE, false, true],
      ["E", undefined, undefined, true],
    ]);
  });

  test("is not complete when a file cannot be read", () => {
    for (const file of [
      "missing.env",
      "[one.env, missing.env]",
      "${FILE}",
      "{path: missing.env, required: false}",
    ]) {
      const keys = `env_file: ${file.startsWith("{") ? `[${file}]` : file}\n`;
      expect(service(keys, { files }).environmentComplete).toBe(false);
    }
  });

  test("a part of a value is known where it stands in the file", () => {
    const keys = "environment:\n  - 'URL=http://${USER}@db/$$x'\n";
    const value = service(keys).environment[0]?.value;
    expect([value?.value, value?.known]).toEqual([`http://${HOLE}@db/$x`, false]);
    const text = `services:\n  a:\n    image: a\n${keys.replace(/^(?=.)/gm, "    ")}`;
    const at = value?.value.indexOf("db") ?? 0;
    const place = value?.spanOf(at, at + 2);
    expect(text.slice(place?.start, place?.end)).toBe("db");
    expect(text.slice(value?.span.start, value?.span.end)).toBe("http://${USER}@db/$$x");
  });
});

describe("build", () => {
  const dockerfiles = {
    Dockerfile: "FROM a AS one\nFROM b AS two\n",
    "api/x.Dockerfile": "FROM c AS three\n",
  };

  test("leads to the Dockerfile, its place and its stage", () => {
    expect(service("build: .\n", { dockerfiles }).build).toMatchObject({
      file: "/project/Dockerfile",
      stage: { name: "two" },
    });
    const build = service("build: {context: ./api/, dockerfile: x.Dockerfile, target: three}\n", {
      dockerfiles,
    }).build;
    expect(build).toMatchObject({ file: "/project/api/x.Dockerfile", stage: { name: "three" } });
    expect(
      service("build: {context: /srv/../abs}\n", { dockerfiles: { "srv/../abs/Dockerfile": "FROM a\n" } })
        .build?.file,
    ).toBe("/abs/Dockerfile");
  });

  test.each([
    "https://example.com/a.git",
    "git@example.com:a/b",
    "github.com/a/b",
    "docker-image://alpine",
    "${DIR}",
  ])("%s is elsewhere", (context) => {
    const around = { dockerfiles: { [`${context}/Dockerfile`]: "FROM a\n" } };
    expect(service(`build: "${context}"\n`, around).build?.model).toBeUndefined();
  });
});

describe("extends", () => {
  test("gives what the service does not have itself", () => {
    const project = composeOf(source`
      services:
        web:
          extends: {service: middle}
          environment: {A: web}
        middle:
          extends: base
          ports: ["81:81"]
        base:
          image: example/base:1
          environment: {A: base, B: base}
          ports: ["80:80"]
          healthcheck: {test: [CMD, a]}
    `);
    const web = project.services.get("web");
    expect(web?.image?.value.name).toBe("example/base");
    expect(Object.fromEntries(web?.environment.map((it) => [it.name.value, it.value?.value]) ?? [])).toEqual({
      A: "web",
      B: "base",
    });
    expect(web?.ports.map((it) => it.target)).toEqual([80, 81]);
    expect(web?.healthcheck?.test).toHaveLength(2);
    expect([web?.complete, project.complete]).toEqual([true, true]);
    expect([...project.services.keys()]).toEqual(["web", "middle", "base"]);
  });

  test.each([
    ["another file", "{file: base.yaml, service: b}"],
    ["a service that is not there", "nowhere"],
    ["itself", "a"],
  ])("of %s leaves the service incomplete", (_, value) => {
    const project = composeOf(`services:\n  a:\n    image: a\n    extends: ${value}\n`);
    expect([project.services.get("a")?.complete, project.complete]).toEqual([false, false]);
  });

  test("in a circle, and in a chain of thousands", () => {
    const circle = composeOf("services:\n  a: {image: a, extends: b}\n  b: {image: b, extends: a}\n");
    expect([...circle.services.values()].map((it) => it.complete)).toEqual([false, false]);
    const chainOf = (length: number) => {
      const links = Array.from({ length }, (_, i) => `  s${i}: {image: a, extends: s${i + 1}}`).join("\n");
      return composeOf(`services:\n${links}\n  s${length}: {image: last, hostname: last}\n`);
    };
    expect(chainOf(90).services.get("s0")?.hostname?.value).toBe("last");
    // Cut where it is longer than anybody writes: what is not known then proves nothing.
    const services = [...chainOf(3_000).services.values()];
    expect(services.every((it) => it.hostname?.value === "last" || !it.complete)).toBe(true);
  });
});

describe("the project", () => {
  test("merge keys and aliases are the service's own, !reset takes away", () => {
    const project = composeOf(source`
      x-base: &base
        environment: &env {A: 1}
        ports: ["80:80"]
      services:
        a:
          <<: *base
          image: a
          ports: !reset []
        b:
          image: b
          environment:
            <<: *env
            B: 2
    `);
    expect(project.services.get("a")?.environment.map((it) => it.value?.value)).toEqual(["1"]);
    expect(project.services.get("a")?.environment[0]?.value?.shared).toBe(true);
    expect(project.services.get("a")?.ports).toEqual([]);
    expect(project.services.get("b")?.environment.map((it) => it.name.value)).toEqual(["A", "B"]);
  });

  test("external resources in both forms", () => {
    const { networks } = composeOf(
      "networks:\n  a: {external: true}\n  b: {external: {name: x}}\n  c: {external: false}\n  d:\n",
    );
    expect([...networks.values()].map((it) => it.external)).toEqual([true, true, false, false]);
  });

  test.each([
    ["include", "include: [a.yaml]\nservices: {a: {image: a}}\n"],
    ["a mistake of syntax", "services: {a: {image: a}\n"],
    ["a second document", "services: {a: {image: a}}\n---\nservices: {b: {image: b}}\n"],
    ["a service with nothing to run", "services: {a: {ports: []}}\n"],
  ])("is not complete with %s", (_, text) => {
    expect(composeOf(text).complete).toBe(false);
  });

  test("is read from anything", () => {
    for (const text of [
      "",
      "a",
      "services:\n",
      "services: []\n",
      "services: {a: }\n",
      "services: {a: [], b: {build: [], ports: {}}}\n",
    ]) {
      expect(composeOf(text).services.size).toBeLessThan(3);
    }
  });
});
