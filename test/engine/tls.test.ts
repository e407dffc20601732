import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ConnectOptions, connect } from "../../client/src/engine/connect.ts";
import { EngineError } from "../../client/src/engine/engine.ts";
import { type PrivateEngine, startEngine, withoutEngine } from "../setup/engine.ts";
import { freePort } from "../setup/free-port.ts";
import { onPath } from "../setup/programs.ts";
import { allEvents, buildOf, ofKind } from "../support/engine/build-events.ts";
import { type Certificates, makeCertificates } from "../support/engine/certificates.ts";
import { realEngine } from "../support/engine/engine.ts";
import { folderTree } from "../support/folder-tree.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { CI } = process.env;
const lacking = withoutEngine() !== undefined || onPath("openssl") === undefined;

describe.skipIf(lacking && CI !== "true")("an engine over TLS", () => {
  let folder: string;
  let own: Certificates;
  let others: Certificates;
  let engine: PrivateEngine;
  let port: number;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "plimsoll-tls-"));
    own = await makeCertificates(path.join(folder, "own"));
    others = await makeCertificates(path.join(folder, "others"));
    port = await freePort();
    const pem = (flag: string, name: string) => [flag, path.join(own.server, name)];
    engine = await startEngine({
      flags: [
        ...["--host", `tcp://127.0.0.1:${port}`, "--tlsverify", ...pem("--tlscacert", "ca.pem")],
        ...[...pem("--tlscert", "cert.pem"), ...pem("--tlskey", "key.pem")],
      ],
    });
  });
  afterAll(async () => {
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const at = (host: string) => `tcp://${host}:${port}`;
  const around = (environment: Record<string, string>): ConnectOptions => ({
    around: { environment, home: "/nowhere", userId: undefined },
  });

  /** Connects by a context that the Docker command line made with these files. */
  async function byContext(files: Readonly<Record<string, string>>, host = at("localhost")) {
    const config = temporaryFolder();
    const docker = Object.entries({ host, ...files }).map(([name, value]) => `${name}=${value}`);
    await realEngine().docker(
      "--config",
      config,
      "context",
      "create",
      "secure",
      "--docker",
      docker.join(","),
    );
    return connect({ ...around({ DOCKER_CONFIG: config }), context: "secure" });
  }

  const pems = ({ client }: Certificates) => ({
    ca: path.join(client, "ca.pem"),
    cert: path.join(client, "cert.pem"),
    key: path.join(client, "key.pem"),
  });

  async function messageOf(connecting: Promise<unknown>): Promise<string> {
    const error = await connecting.then(
      () => undefined,
      (it: unknown) => it,
    );
    expect(error).toBeInstanceOf(EngineError);
    return (error as EngineError).message;
  }

  test("by a context: asks, and builds through a session", async () => {
    const connected = await byContext(pems(own));
    expect([connected.address, connected.addressFrom]).toEqual([at("localhost"), "context “secure”"]);
    expect((await connected.info()).name).toBe("docker");
    const context = folderTree({
      Dockerfile: "FROM scratch\nCOPY big /\n",
      big: Buffer.alloc(3_000_000, "tls"),
    });
    const events = await allEvents(connected.build(buildOf(context)));
    expect(ofKind(events, "context")[0]).toMatchObject({ files: 1, sentBytes: 3_000_000 });
  });

  test("by DOCKER_HOST and DOCKER_CERT_PATH", async () => {
    const environment = {
      DOCKER_HOST: at("localhost"),
      DOCKER_TLS_VERIFY: "1",
      DOCKER_CERT_PATH: own.client,
    };
    expect((await connect(around(environment))).addressFrom).toBe("DOCKER_HOST");
  });

  test("without checking the engine's certificate, where the context says so", async () => {
    const { cert, key } = pems(own);
    expect((await byContext({ cert, key, "skip-tls-verify": "true" }, at("127.0.0.1"))).address).toBe(
      at("127.0.0.1"),
    );
  });

  test("an authority that did not sign it", async () => {
    const message = await messageOf(byContext({ ...pems(own), ca: pems(others).ca }));
    expect(message).toMatch(
      /certificate of tcp:\/\/localhost:\d+ was not signed by the authority.*ca\.pem.*docker context update/,
    );
  });

  test("no certificate of ours, or one of another authority", async () => {
    const refused = /does not accept your certificate\. Put the cert\.pem and key\.pem/;
    expect(await messageOf(byContext({ ca: pems(own).ca }))).toMatch(refused);
    expect(await messageOf(byContext({ ...pems(others), ca: pems(own).ca }))).toMatch(refused);
  });

  test("a name that the certificate is not for", async () => {
    expect(await messageOf(byContext(pems(own), at("127.0.0.1")))).toMatch(
      /is for another name.*127\.0\.0\.1 is not in the cert/,
    );
  });

  test("files that do not belong together", async () => {
    const mixed = temporaryFolder();
    for (const name of ["ca.pem", "cert.pem"])
      copyFileSync(path.join(own.client, name), path.join(mixed, name));
    copyFileSync(path.join(others.client, "key.pem"), path.join(mixed, "key.pem"));
    const environment = { DOCKER_HOST: at("localhost"), DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: mixed };
    expect(await messageOf(connect(around(environment)))).toMatch(
      /No secure connection.*Check ca\.pem, cert\.pem and key\.pem/,
    );
  });

  test("without TLS where it is asked for, and the other way round", async () => {
    expect(await messageOf(connect(around({ DOCKER_HOST: at("127.0.0.1") })))).toMatch(
      /takes TLS only\. Use a Docker context with certificates/,
    );
    const plain = await freePort();
    const open = await startEngine({ flags: ["--host", `tcp://127.0.0.1:${plain}`, "--tls=false"] });
    try {
      const host = `tcp://localhost:${plain}`;
      expect(await messageOf(byContext(pems(own), host))).toMatch(/does not speak TLS/);
    } finally {
      await open.stop();
    }
  });
});
