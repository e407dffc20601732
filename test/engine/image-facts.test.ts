import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import { EngineError } from "../../client/src/engine/engine.ts";
import { factsOfReading } from "../../server/src/model/image/read-facts.ts";
import { allEvents, buildOf } from "../support/engine/build-events.ts";
import { engineProxy } from "../support/engine/engine-proxy.ts";
import { engineWithStore, imageStores } from "../support/engine/engines.ts";
import { folderTree, type Tree } from "../support/folder-tree.ts";

const prefix = "plimsoll-facts-test";

const passwd = "root:x:0:0:root:/root:/bin/sh\nsvc:x:1200:1201:a service:/srv/svc:/sbin/nologin\n";
const group = "root:x:0:\nstaff:x:1201:svc\n";

/** A merged /usr, as Debian and Fedora have it: the old places are links, one of them absolute. */
const merged: Tree = {
  "usr/bin/sh": { link: "dash" },
  "usr/bin/dash": "#!",
  "usr/bin/apt-get": "#!",
  "usr/bin/awk": { link: "/etc/alternatives/awk" },
  "usr/bin/gone": { link: "/usr/bin/not-here" },
  "etc/alternatives/awk": { link: "/usr/bin/mawk" },
  "usr/bin/mawk": "#!",
  "usr/sbin/useradd": "#!",
  "opt/tool/bin/special": "#!",
  bin: { link: "usr/bin" },
  sbin: { link: "/usr/sbin" },
  lib64: { link: "usr/lib64" },
  "usr/lib64/ld-linux-x86-64.so.2": "loader",
  "usr/lib64/ld64.so.2": "loader",
  lib: { link: "usr/lib" },
  "usr/lib/ld-linux-aarch64.so.1": "loader",
  "usr/lib/os-release": 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\nVERSION_CODENAME=noble\n',
  "etc/os-release": { link: "../usr/lib/os-release" },
  "etc/passwd": passwd,
  "etc/group": group,
  "etc/ssl/certs/ca-certificates.crt": "-----BEGIN CERTIFICATE-----\n",
  "usr/share/zoneinfo/Europe/London": "TZif2",
  "usr/share/doc/readme": "not a program",
};

const mergedDockerfile = `FROM scratch
COPY --chmod=755 tree /
ENV PATH=/opt/tool/bin:/nowhere/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin GREETING="a = b"
WORKDIR /srv/svc
VOLUME /srv/data
EXPOSE 8080 53/udp
STOPSIGNAL SIGQUIT
HEALTHCHECK CMD ["/usr/bin/sh", "-c", "true"]
ONBUILD RUN true
SHELL ["/bin/dash", "-c"]
USER svc:staff
ENTRYPOINT ["/opt/tool/bin/special"]
CMD ["--serve"]
`;

describe.each(imageStores)("with the %s image store", (store) => {
  const up = engineWithStore(store);
  const built = new Set<string>();

  async function build(name: string, dockerfile: string, tree: Tree = {}): Promise<string> {
    const tag = `${prefix}:${name}`;
    built.add(tag);
    const inside = Object.entries(tree).map(([file, content]) => [`tree/${file}`, content]);
    const context = folderTree({ Dockerfile: dockerfile, ...Object.fromEntries(inside) });
    await allEvents(up.engine.build(buildOf(context, { tags: [tag] })));
    return tag;
  }
  const containers = () =>
    up.real.docker("container", "ls", "--all", "--quiet", "--filter", "label=dev.plimsoll.read");
  const failureOf = async (reading: Promise<unknown>): Promise<EngineError> => {
    const error = await reading.then(
      () => undefined,
      (it: unknown) => it,
    );
    expect(error).toBeInstanceOf(EngineError);
    return error as EngineError;
  };
  let volumes = "";
  beforeAll(async () => {
    volumes = await up.real.docker("volume", "ls", "--quiet");
  });
  afterEach(async () => {
    // Whichever way it went.
    expect(await containers()).toBe("");
    expect(await up.real.docker("volume", "ls", "--quiet")).toBe(volumes);
  });
  afterAll(async () => {
    await up.real.docker("image", "rm", "--force", ...built);
  });

  test("a small image is read as a whole", async () => {
    const tag = await build("merged", mergedDockerfile, merged);
    const reading = await up.engine.readImage(tag);
    const details = await up.engine.inspectImage(tag);
    expect(reading).toMatchObject({
      form: 1,
      id: details.id,
      platform: details.platform,
      unpackedSize: details.unpackedSize,
      config: {
        user: "svc:staff",
        workdir: "/srv/svc",
        exposedPorts: ["53/udp", "8080/tcp"],
        volumes: ["/srv/data"],
        entrypoint: ["/opt/tool/bin/special"],
        command: ["--serve"],
        stopSignal: "SIGQUIT",
        healthcheck: ["CMD", "/usr/bin/sh", "-c", "true"],
        shell: ["/bin/dash", "-c"],
        triggers: ["RUN true"],
      },
      contents: {
        passwd,
        group,
        certificates: "/etc/ssl/certs/ca-certificates.crt",
        timeZones: true,
        links: { "/bin": "/usr/bin", "/sbin": "/usr/sbin" },
      },
    });
    expect(Math.abs(Date.now() - Date.parse(reading.readAt))).toBeLessThan(60_000);
    expect(reading.config.environment).toContain("GREETING=a = b");
    expect(reading.contents?.osRelease).toMatch(/ID=ubuntu/);
    expect(reading.contents?.loaders?.length).toBe(1);
    expect(reading.contents?.absent).toEqual(
      expect.arrayContaining(["/nowhere/bin", "/usr/local/bin", "/home"]),
    );
    // A link that leads nowhere runs nothing.
    expect(reading.contents?.directories["/usr/bin"]).toEqual({
      complete: true,
      programs: ["apt-get", "awk", "dash", "mawk", "sh"],
      others: ["gone"],
    });
    expect(reading.contents?.directories["/opt/tool/bin"]?.programs).toEqual(["special"]);
    expect(reading.contents?.directories["/"]?.others).toEqual(
      expect.arrayContaining(["bin", "etc", "lib64", "opt", "srv", "usr"]),
    );
    expect(reading.contents?.directories["/dev"]).toBeUndefined();
  });

  test("layers that were read anyway say the same, without a container", async () => {
    const tag = await build("merged", mergedDockerfile, merged);
    const image = await up.engine.inspectImage(tag);
    const archive = await up.engine.readLayers(image, { hashes: false });
    const layers = archive.layers.flatMap((it) => it.layer ?? []);
    const [read, learnt] = [
      await up.engine.readImage(tag),
      await up.engine.readImage(tag, undefined, layers),
    ];
    // What the engine puts into each container.
    const ofContainers = /^(\.dockerenv|dev|proc|sys|hostname|hosts|resolv\.conf|mtab)$/;
    const ofImage = (names: readonly string[]) => names.filter((it) => !ofContainers.test(it));
    const comparable = ({ contents, ...rest }: typeof read) => ({
      ...{ ...rest, readAt: "" },
      contents: contents && {
        ...contents,
        directories: Object.fromEntries(
          Object.entries(contents.directories).map(([path, { complete, programs, others }]) => [
            path,
            { complete, programs: ofImage(programs), others: ofImage(others) },
          ]),
        ),
      },
    });
    expect(comparable(learnt)).toEqual(comparable(read));
  });

  test("an image without shell, users or anything but one file", async () => {
    const tag = await build("bare", "FROM scratch\nCOPY --chmod=755 tree/hello /hello\n", { hello: "#!" });
    const reading = await up.engine.readImage(tag);
    expect(reading.contents).toMatchObject({
      osRelease: null,
      passwd: null,
      group: null,
      certificates: null,
      timeZones: false,
      loaders: [],
      links: {},
    });
    const facts = factsOfReading(reading, { name: "bare", tag: "1", isHere: true, shipped: undefined });
    expect(facts).toMatchObject({
      os: { family: "none" },
      libc: "none",
      shell: "none",
      packageManager: "none",
      toolsComplete: true,
      users: {},
      defaultUser: "root",
      workdir: "/",
      entrypoint: null,
      cmd: null,
    });
    expect(facts.directories?.["/"]).toContain("hello");
    expect(facts.directories?.["/"]).not.toContain("bin");
  });

  test("certificates and zones where other distributions have them, and a folder without a bundle", async () => {
    const pki = await build("pki", "FROM scratch\nCOPY tree /\n", {
      "etc/pki/tls/certs/ca-bundle.crt": { link: "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem" },
      "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem": "-----BEGIN CERTIFICATE-----\n",
      "usr/share/zoneinfo/Etc/UTC": "TZif2",
    });
    expect((await up.engine.readImage(pki)).contents).toMatchObject({
      certificates: "/etc/pki/tls/certs/ca-bundle.crt",
      timeZones: false,
    });
    const folder = await build("folder", "FROM scratch\nCOPY tree /\n", {
      "etc/ssl/certs/ours.pem": "-----BEGIN CERTIFICATE-----\n",
    });
    expect((await up.engine.readImage(folder)).contents?.certificates).toBe("/etc/ssl/certs");
    const empty = await build("empty", "FROM scratch\nCOPY tree /\n", {
      "etc/ssl/certs/README": "none yet",
      "etc/ssl/certs/ca-certificates.crt": "",
    });
    expect((await up.engine.readImage(empty)).contents?.certificates).toBeNull();
  });

  test("of a large image the directories of programs and what matters", async () => {
    const tag = await build(
      "large",
      `FROM alpine:3.24
COPY --chmod=755 tree /
RUN mkdir /data && dd if=/dev/urandom of=/data/large bs=1M count=80 && ln -s /opt/real /opt/tool
ENV PATH=/opt/tool/bin:/usr/local/bin:/usr/bin:/sbin:/bin
USER svc
`,
      { "etc/passwd": passwd, "etc/group": group, "opt/real/bin/special": "#!", "opt/real/bin/notes/a": "x" },
    );
    const reading = await up.engine.readImage(tag);
    expect(reading.unpackedSize).toBeGreaterThan(80e6);
    expect(reading.contents).toMatchObject({ passwd, group, timeZones: false });
    expect(reading.contents?.osRelease).toMatch(/ID=alpine/);
    const { directories = {} } = reading.contents ?? {};
    expect(directories["/"]).toBeUndefined();
    expect(directories["/data"]).toBeUndefined();
    expect(reading.contents?.absent).toContain("/app");
    expect(reading.contents?.absent).not.toContain("/data");
    expect(directories["/bin"]?.complete).toBe(true);
    expect(directories["/bin"]?.programs).toEqual(expect.arrayContaining(["sh", "busybox", "wget"]));
    expect(directories["/sbin"]?.programs).toEqual(["apk"]);
    expect(Object.values(directories).some((it) => it.programs.includes("special"))).toBe(true);
    const facts = factsOfReading(reading, { name: "large", tag: "1", isHere: true, shipped: undefined });
    expect(facts).toMatchObject({ toolsComplete: true, shell: "/bin/sh", packageManager: "apk" });
    expect(facts.tools["special"]).toBe(true);
    expect(facts.tools["curl"]).toBeUndefined();
  });

  test("a limit that is reached leaves a part, and says that it is one", async () => {
    const tag = await build("merged", mergedDockerfile, merged);
    const plenty = { whole: 0, bytes: 1e9, entries: 1e6, milliseconds: 60_000 };
    const programs = async (more: Partial<typeof plenty>) => {
      const imageLimits = { ...plenty, ...more };
      const engine = await connect({ address: up.real.dockerHost, imageLimits });
      const { contents } = await engine.readImage(tag);
      // Single files are small: they are read whatever the limits.
      expect(contents).toMatchObject({ passwd, group });
      expect(contents?.osRelease).toMatch(/ID=ubuntu/);
      return contents?.directories["/usr/bin"];
    };
    const all = ["apt-get", "awk", "dash", "mawk", "sh"];
    expect(await programs({})).toMatchObject({ complete: true, programs: all, others: ["gone"] });
    const few = await programs({ entries: 5 });
    expect(few?.complete).toBe(false);
    expect(few?.programs.length).toBeLessThan(all.length);
    expect((await programs({ bytes: 3 }))?.complete).toBe(false);
    expect((await programs({ milliseconds: -1 }))?.complete).toBe(false);
  });

  test("an image that is named by its id, and one that the engine does not have", async () => {
    const tag = await build("bare", "FROM scratch\nCOPY --chmod=755 tree/hello /hello\n", { hello: "#!" });
    const { id } = await up.engine.inspectImage(tag);
    expect((await up.engine.readImage(id)).id).toBe(id);
    expect((await failureOf(up.engine.readImage(`${prefix}:never-built`))).failure.kind).toBe("not-found");
  });

  test("an image that says nothing of what it runs, and volumes that hold something", async () => {
    const tag = await build("volumes", "FROM alpine:3.24\nVOLUME /bin /etc /data\nENTRYPOINT []\nCMD []\n");
    const { contents } = await up.engine.readImage(tag);
    expect(contents?.directories["/bin"]?.programs).toContain("sh");
    expect(contents?.passwd).toMatch(/^root:/);
  });

  test("ends at once when it is aborted, before, while the container is made and while it is read", async () => {
    const tag = "golang:1.27";
    expect((await failureOf(up.engine.readImage(tag, AbortSignal.abort()))).failure.kind).toBe("cancelled");
    for (const [call, pause] of [
      ["POST /containers/create", 0],
      ["GET /containers", 20],
    ] as const) {
      const control = new AbortController();
      const address = await engineProxy(up.real.dockerHost, (passage) => {
        if (passage.call.startsWith(call) && (call.startsWith("POST") || passage.call.endsWith("/archive")))
          setTimeout(() => control.abort(), pause);
        return false;
      });
      const engine = await connect({ address });
      const began = performance.now();
      expect((await failureOf(engine.readImage(tag, control.signal))).failure.kind).toBe("cancelled");
      expect(performance.now() - began).toBeLessThan(5_000);
      expect(await containers()).toBe("");
    }
  });

  test("says so when the container is removed meanwhile, and when the image is", async () => {
    const tag = await build("bare", "FROM scratch\nCOPY --chmod=755 tree/hello /hello\n", { hello: "#!" });
    let removed: Promise<string> | undefined;
    const address = await engineProxy(up.real.dockerHost, (passage) => {
      const id = /^HEAD \/containers\/(\w+)\/archive/.exec(passage.call)?.[1];
      if (!id || removed) return false;
      removed = up.real.docker("rm", "--force", id);
      void removed.then(() => {
        const engine = passage.forward();
        engine.pipe(passage.client);
      });
      return true;
    });
    const engine = await connect({ address });
    const large = `${prefix}:large`;
    expect((await failureOf(engine.readImage(large))).failure.kind).toBe("not-found");

    const gone = await build("gone", "FROM scratch\nCOPY --chmod=755 tree/hello /bye\n", { hello: "#!bye" });
    let untagged: Promise<string> | undefined;
    const other = await engineProxy(up.real.dockerHost, (passage) => {
      if (passage.call !== "POST /containers/create" || untagged) return false;
      untagged = up.real.docker("image", "rm", "--force", gone);
      void untagged.then(() => passage.forward().pipe(passage.client));
      return true;
    });
    const failure = (await failureOf((await connect({ address: other })).readImage(gone))).failure;
    expect(failure.kind).toBe("not-found");
    expect((await up.engine.readImage(tag)).id).toMatch(/^sha256:/);
  });

  test("an engine that goes away or breaks off leaves an error and no container", async () => {
    const address = await engineProxy(up.real.dockerHost, (passage) => {
      if (!/^GET \/containers\/\w+\/archive/.test(passage.call)) return false;
      passage.client.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nhalf a header", () =>
        passage.client.destroy(),
      );
      return true;
    });
    const engine = await connect({ address });
    expect((await failureOf(engine.readImage("golang:1.27"))).failure.kind).not.toBe("cancelled");
  });

  test("removes what an earlier crash left, and no container of others", async () => {
    const id = createHash("sha256").update(String(Math.random())).digest("hex").slice(0, 12);
    const own = (
      await up.real.docker(
        "create",
        "--name",
        `${prefix}-${id}`,
        "--label",
        "dev.plimsoll.read=1",
        "alpine:3.24",
      )
    ).trim();
    try {
      const asked: string[] = [];
      const address = await engineProxy(up.real.dockerHost, (passage) => {
        asked.push(passage.call);
        if (passage.call !== "GET /containers/json") return false;
        passage.answer(200, JSON.stringify([{ Id: own, Created: Date.now() / 1000 - 601 }]));
        return true;
      });
      const engine = await connect({ address });
      const tag = await build("bare", "FROM scratch\nCOPY --chmod=755 tree/hello /hello\n", { hello: "#!" });
      await engine.readImage(tag);
      await engine.readImage(tag);
      expect(asked.filter((it) => it === "GET /containers/json").length).toBe(1);
      expect(asked).toContain(`DELETE /containers/${own}`);
    } finally {
      await up.real.docker("rm", "--force", own).catch(() => "");
    }
  });
});
