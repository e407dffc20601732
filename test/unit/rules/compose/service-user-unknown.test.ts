import { test } from "vitest";
import { serviceUserUnknown as rule } from "../../../../server/src/rules/compose/service-user-unknown.ts";
import { reportsInCompose } from "../../../support/compose.ts";

const dockerfiles = {
  Dockerfile: "FROM alpine:3.24\nRUN adduser -D app\n",
  "other/Dockerfile": "FROM example/base\n",
};

test("users and groups that are not in the image, or in the stage", () => {
  reportsInCompose(rule, { dockerfiles })`
    services:
      a:
        image: alpine:3.24
        user: app:app
              ^^^^^^^ service-user-unknown: No user app is in the image of a.
      b:
        build: .
        user: "web"
              ^^^^^ service-user-unknown: No user web is in the image of b.
      c:
        build: .
        user: app:web
              ^^^^^^^ service-user-unknown: No group web is in the image of c.
        group_add: [app, "1000", docker]
                                 ^^^^^^ service-user-unknown: No group docker is in the image of c.
  `;
});

test("silent for ids, for those that are there, that a mount brings, and where it is not known", () => {
  reportsInCompose(rule, { dockerfiles })`
    services:
      a: {image: "alpine:3.24", user: root}
      b: {image: "alpine:3.24", user: "1000:1000", group_add: [1001]}
      c: {build: ., user: app}
      d: {image: example/any, user: app}
      e: {build: ./other, user: app}
      f: {image: "alpine:3.24", user: "\${WHO:-app}"}
      g: {image: "alpine:3.24", user: app, volumes: ["/etc/passwd:/etc/passwd:ro"]}
      h: {image: "alpine:3.24", user: app, volumes: ["./etc:/etc"]}
      i: {image: "alpine:3.24", user: app, extends: {file: other.yml, service: x}}
  `;
});
