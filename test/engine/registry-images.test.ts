import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import type { EngineError } from "../../client/src/engine/engine.ts";
import { readImageOf, transferOfRead } from "../../client/src/sizes/read-image.ts";
import { realEngine } from "../support/engine/engine.ts";
import { loggedIn, privateImage, stored, user } from "../support/engine/registry.ts";

const basic = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString("base64")}`;
interface Manifest {
  readonly layers: readonly { readonly digest: string; readonly size: number }[];
}

/** Asks the registry itself, past everything that is tested here. */
async function raw(host: string, path: string, init: RequestInit = {}) {
  const headers = { authorization: basic, ...init.headers };
  const answer = await fetch(`http://${host}/v2/${path}`, { ...init, headers });
  expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
  return answer;
}

const docker2 = "application/vnd.docker.distribution.manifest.v2+json";
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("it did not fail"),
    (error: EngineError) => error,
  );
const engineHere = () => connect({ address: realEngine().dockerHost });

test("an image's layers and bytes are those of its manifest, and nothing is pulled", async () => {
  const { host, image } = await privateImage();
  loggedIn(stored(host));
  const engine = await engineHere();
  const manifest = (await (
    await raw(host, "team/base/manifests/1", { headers: { accept: docker2 } })
  ).json()) as Manifest;

  const told = await engine.registries.image(image);
  expect(told.name).toBe(image);
  expect(told.layers).toEqual(manifest.layers.map(({ digest, size }) => ({ digest, bytes: size })));
  expect(told.transfer).toBe(manifest.layers.reduce((sum, it) => sum + it.size, 0));
  expect(told.transfer).toBeGreaterThan(1_000_000);
  expect(told.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect((await engine.images()).flatMap((it) => it.tags)).not.toContain(image);
  // By its digest it is the same.
  const byDigest = await engine.registries.image(`${host}/team/base@${told.digest}`);
  expect(byDigest.layers).toEqual(told.layers);
});

test("what a pull transfers is measured here to within a few percent of what the registry has", async () => {
  const { host, image } = await privateImage();
  loggedIn(stored(host));
  const engine = await engineHere();
  const { transfer } = await engine.registries.image(image);
  const local = await engine.inspectImage("alpine:3.20");
  const read = await engine.readLayers(local, { hashes: false, transfer: true });
  const measured = transferOfRead(readImageOf(read)) ?? 0;
  expect(Math.abs(measured - transfer)).toBeLessThan(transfer * 0.04);
  // Once measured it is known of the layer, and the image is not read for it again.
  const known = new Map(read.layers.flatMap(({ layer }) => (layer ? [[layer.diffId, layer] as const] : [])));
  let bytes = 0;
  const again = await engine.readLayers(local, {
    ...{ hashes: false, transfer: true },
    known: (diffId) => known.get(diffId),
    onProgress: (it) => {
      bytes = it;
    },
  });
  expect(transferOfRead(readImageOf(again))).toBe(measured);
  expect(bytes).toBe(0);
});

test("of an index the image for the engine's platform counts, attestations never", async () => {
  const { host, image } = await privateImage();
  loggedIn(stored(host));
  const engine = await engineHere();
  const own = await raw(host, "team/base/manifests/1", { headers: { accept: docker2 } });
  const digest = own.headers.get("docker-content-digest");
  const size = (await own.arrayBuffer()).byteLength;
  const { Os: os, Arch: architecture } = JSON.parse(
    await realEngine().docker("version", "--format", "{{json .Server}}"),
  ) as { Os: string; Arch: string };
  const index = (platforms: readonly object[], mediaType: string) =>
    JSON.stringify({
      schemaVersion: 2,
      mediaType,
      manifests: platforms.map((it) => ({ mediaType: docker2, digest, size, ...it })),
    });
  const put = (tag: string, type: string, platforms: readonly object[]) =>
    raw(host, `team/base/manifests/${tag}`, {
      method: "PUT",
      headers: { "content-type": type },
      body: index(platforms, type),
    });
  const attestation = {
    platform: { os: "unknown", architecture: "unknown" },
    annotations: { "vnd.docker.reference.type": "attestation-manifest" },
  };
  const list = "application/vnd.docker.distribution.manifest.list.v2+json";
  await put("many", list, [
    attestation,
    { platform: { os: "plan9", architecture } },
    { platform: { os, architecture } },
  ]);
  await put("others", list, [
    attestation,
    { platform: { os: "linux", architecture: "s390x" } },
    { platform: { os: "linux", architecture: "arm", variant: "v6" } },
  ]);
  await put("none", list, [attestation]);

  const told = await engine.registries.image(`${host}/team/base:many`);
  expect(told).toEqual({
    ...(await engine.registries.image(image)),
    name: `${host}/team/base:many`,
    platform: `${os}/${architecture}`,
  });
  expect((await failure(engine.registries.image(`${host}/team/base:others`))).message).toBe(
    `${host}/team/base:others is not there for ${os}/${architecture}, only for linux/s390x, linux/arm/v6.`,
  );
  expect((await failure(engine.registries.image(`${host}/team/base:none`))).message).toBe(
    `${host}/team/base:none is not there for ${os}/${architecture}.`,
  );
});

test("what is not there, and who may not see it, is told in a sentence", async () => {
  const { host, image } = await privateImage();
  const engine = await engineHere();
  loggedIn({});
  expect((await failure(engine.registries.image(image))).message).toBe(
    `The registry ${host} tells of ${image} only to those who log in, or it is not there. Run “docker login ${host}”.`,
  );
  loggedIn({ auths: { [host]: { auth: Buffer.from("ada:wrong").toString("base64") } } });
  const refused = await failure(engine.registries.image(image));
  expect(refused.message).toBe(`Your login for ${host} may not read ${image}, or it is not there.`);
  expect(JSON.stringify(refused)).not.toContain("wrong");
  loggedIn(stored(host));
  const absent = await failure(engine.registries.image(`${host}/team/base:2`));
  expect(absent.failure).toEqual({ kind: "not-found", what: `${host}/team/base:2` });
  expect((await failure(engine.registries.image("127.0.0.1:1/a/b"))).message).toBe(
    "Nothing answers at the registry 127.0.0.1:1.",
  );
  expect((await failure(engine.registries.image("No Name"))).message).toMatch(
    /^“No Name” is no name of an image/,
  );
});

test("a registry that hands out tokens, as Docker Hub and ghcr.io do; one that does not answer can be left", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { port } = server.address() as { port: number };
    const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
    const { authorization = "none" } = request.headers;
    asked.push(
      `${pathname} ${searchParams.get("scope") ?? ""} ${authorization === basic ? "as ada" : authorization}`,
    );
    if (pathname.endsWith("/hangs")) return;
    if (pathname.endsWith("/moved"))
      return void response.writeHead(307, { location: "/v2/team/app/manifests/latest" }).end();
    if (pathname.endsWith("/away"))
      return void response.writeHead(307, { location: "http://elsewhere.test/" }).end();
    if (pathname.endsWith("/around")) return void response.writeHead(307, { location: request.url }).end();
    if (pathname === "/token") response.end('{"access_token":"for-ada"}');
    else if (authorization === "Bearer for-ada")
      response.end(
        JSON.stringify({
          schemaVersion: 2,
          layers: [
            { digest: "sha256:a", size: 5 },
            { digest: "sha256:b", size: 7 },
          ],
        }),
      );
    else
      response
        .writeHead(401, {
          "www-authenticate": `Bearer realm="http://127.0.0.1:${port}/token",service="test",scope="repository:team/app:pull"`,
        })
        .end();
  });
  server.listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  const host = `127.0.0.1:${port}`;
  loggedIn(stored(host));
  const engine = await engineHere();
  expect((await engine.registries.image(`${host}/team/app`)).transfer).toBe(12);
  expect(asked).toEqual([
    "/v2/team/app/manifests/latest  none",
    "/token repository:team/app:pull as ada",
    "/v2/team/app/manifests/latest  Bearer for-ada",
  ]);

  expect((await engine.registries.image(`${host}/team/app:moved`)).transfer).toBe(12);
  expect((await failure(engine.registries.image(`${host}/team/app:away`))).message).toBe(
    `The registry ${host} sends to http://elsewhere.test, which is not encrypted.`,
  );
  expect((await failure(engine.registries.image(`${host}/team/app:around`))).message).toMatch(/without end/);

  const stop = new AbortController();
  const hanging = engine.registries.image(`${host}/team/app:hangs`, stop.signal);
  setTimeout(() => stop.abort(), 50);
  expect((await failure(hanging)).failure).toEqual({ kind: "cancelled" });
});
