import { test } from "vitest";
import { volumeNotWritable as rule } from "../../../../server/src/rules/compose/volume-not-writable.ts";
import { reportsInCompose } from "../../../support/compose.ts";

const head = "FROM node:24-alpine\nWORKDIR /app\nCOPY index.js ./\n";
const around = (lines: string) => ({
  dockerfiles: { Dockerfile: `${head}${lines}\nCMD ["node", "index.js"]\n` },
});

test("nothing is there, or what root made", () => {
  reportsInCompose(rule, around("USER node"))`
    services:
      api:
        build: .
        volumes:
          - data:/data
            ^^^^^^^^^^ volume-not-writable: The image has no /data, so that the volume belongs to root, and api runs as node.
          - /cache
            ^^^^^^ volume-not-writable
          - read:/read:ro
          - state:/app
            ^^^^^^^^^^ volume-not-writable: /app belongs to root in the image, and with it the volume, and api runs as node.
          - home:/home/node
          - ./bind:/bind
    volumes: {data: {}, read: {}, state: {}, home: {}}
  `;
  reportsInCompose(rule, around("RUN mkdir /data\nUSER node"))`
    services:
      api:
        build: .
        volumes:
          - data:/data
            ^^^^^^^^^^ volume-not-writable: /data belongs to root in the image, and with it the volume, and api runs as node.
    volumes: {data: {}}
  `;
});

test("not what the user can write to, or may", () => {
  for (const lines of [
    "RUN mkdir /data && chown node /data\nUSER node",
    "RUN mkdir -m 777 /data\nUSER node",
    "RUN mkdir /data && chmod 777 /data\nUSER node",
    "USER root",
    "COPY --chown=node data /data\nUSER node",
    "COPY data /data\nUSER node",
    "RUN ./setup.sh\nUSER node",
  ])
    reportsInCompose(rule, around(lines))`
      services:
        api: {build: ., volumes: [data:/data]}
      volumes: {data: {}}
    `;
  reportsInCompose(rule, around("USER node"))`
    services:
      api: {build: ., volumes: [shared:/data, far:/far, tuned:/tuned]}
      init: {image: "busybox:1.37", command: chown 1000 /data, volumes: [shared:/data]}
      own: {build: ., user: root, volumes: [own:/data]}
      hooked: {build: ., post_start: [{command: chown node /data, user: root}], volumes: [hooked:/data]}
      other: {image: "example/app:1", volumes: [other:/data]}
    volumes:
      shared: {}
      far: {external: true}
      tuned: {driver_opts: {type: tmpfs, device: tmpfs, o: uid=1000}}
      own: {}
      hooked: {}
      other: {}
  `;
});
