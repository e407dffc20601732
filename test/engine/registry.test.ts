import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import { buildOf, failureOf } from "../support/engine/build-events.ts";
import { realEngine } from "../support/engine/engine.ts";
import { folderTree } from "../support/folder-tree.ts";

test("a public registry that hands out tokens to anyone, as Docker Hub does", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { port } = server.address() as { port: number };
    const { pathname } = new URL(request.url ?? "", "http://x");
    const token = request.headers.authorization ?? "none";
    asked.push(`${pathname} ${token}`);
    if (pathname === "/token")
      response.end(JSON.stringify({ token: "for-anyone", access_token: "for-anyone" }));
    else if (token !== "Bearer for-anyone")
      response
        .writeHead(401, {
          "www-authenticate": `Bearer realm="http://127.0.0.1:${port}/token",service="test"`,
        })
        .end();
    // The image itself would be a registry's work: that it was asked for with the token is the proof.
    else
      response
        .writeHead(404, { "content-type": "application/json" })
        .end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
  });
  server.listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };

  const engine = await connect({ address: realEngine().dockerHost });
  const image = `127.0.0.1:${port}/library/some:1`;
  const error = await failureOf(engine.build(buildOf(folderTree({ Dockerfile: `FROM ${image}\n` }))));
  expect(asked).toContain("/token none");
  expect(asked).toContain("/v2/library/some/manifests/1 Bearer for-anyone");
  expect(error.message).toMatch(
    /^The build failed: the image 127\.0\.0\.1:\d+\/library\/some:1 could not be fetched: .*not found/,
  );
});
