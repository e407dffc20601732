import type { Server } from "node:http";
import { afterAll, describe, expect, test } from "vitest";
import { allEvents, buildOf } from "../support/engine/build-events.ts";
import { engineWithStore } from "../support/engine/engines.ts";
import { startedVariants } from "../support/engine/started-variants.ts";
import { folderTree } from "../support/folder-tree.ts";
import { makeNodeImages, registryOf } from "../support/images/node-images.ts";

/**
 * Proves a Node project on distroless: what npm installs has a builder, and distroless' own entrypoint starts what CMD named node
 * for. The image of distroless is a stand-in with the same paths: nothing but Node, its libraries and that entrypoint.
 */
const up = engineWithStore("graph");
const [slim, distroless] = ["node:24-slim", "gcr.io/distroless/nodejs24-debian13:nonroot"];
const tags = ["plimsoll-variants-test:node-current", "plimsoll-variants-test:node-distroless"] as const;
let registry: Server | undefined;
afterAll(async () => {
  registry?.close();
  await up.real.docker("image", "rm", "--force", slim, distroless, ...tags);
});

const project = {
  "package.json": '{ "name": "web", "version": "1.0.0", "dependencies": { "greeting": "1.0.0" } }',
  "package-lock.json": JSON.stringify({
    ...{ name: "web", version: "1.0.0", lockfileVersion: 3, requires: true },
    packages: {
      "": { name: "web", version: "1.0.0", dependencies: { greeting: "1.0.0" } },
      "node_modules/greeting": {
        version: "1.0.0",
        resolved: "https://registry.npmjs.org/greeting/-/greeting-1.0.0.tgz",
      },
    },
  }),
  "server.js":
    'const { greet } = require("greeting");\nrequire("node:http").createServer((_, it) => it.end(greet("you"))).listen(3000, () => console.log(greet("here"), process.getuid()));\n',
  Dockerfile: `FROM ${slim}
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
COPY server.js ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=1s --timeout=5s CMD node -e "fetch('http://127.0.0.1:3000').then((it) => process.exit(it.ok ? 0 : 1))" || exit 1
CMD ["node", "server.js"]
`,
};

const standIn = `FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=${slim} /usr/lib /lib
COPY --from=${slim} /usr/lib64 /lib64
COPY --from=${slim} /usr/local/lib/*.so* /lib/
COPY --from=${slim} /usr/local/bin/node /nodejs/bin/node
ENV LD_LIBRARY_PATH=/lib
ENTRYPOINT ["/nodejs/bin/node"]
`;

describe("Node", () => {
  test("has images here", async () => {
    registry = await registryOf({
      greeting: {
        "package.json": '{ "name": "greeting", "version": "1.0.0", "main": "index.js" }',
        "index.js": "exports.greet = (whom) => `Hello, ${whom}`;\n",
      },
    });
    await makeNodeImages(up.real, registry, [slim]);
    await allEvents(up.engine.build(buildOf(folderTree({ Dockerfile: standIn }), { tags: [distroless] })));
  }, 600_000);

  test("runs on distroless as on slim, with the same user, and no shell", async () => {
    const reports = await startedVariants(up.engine, project, { current: tags[0], distroless: tags[1] });
    for (const it of reports) expect(it).toMatchObject({ status: "healthy", log: ["Hello, here 1000"] });
    await expect(
      up.real.docker("run", "--rm", "--entrypoint", "/bin/sh", tags[1], "-c", "true"),
    ).rejects.toThrow();
  }, 600_000);
});
