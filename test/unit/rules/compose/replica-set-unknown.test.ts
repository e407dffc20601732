import { test } from "vitest";
import { replicaSetUnknown as rule } from "../../../../server/src/rules/compose/replica-set-unknown.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("by the command of MongoDB", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: example/a
        environment:
          URL: mongodb://u:p@one:27017/app?authSource=admin&replicaSet=rs0&w=majority
                                                                       ^^^ replica-set-unknown: one is in the replica set rs1, and in none with the name rs0.
          RIGHT: mongodb://one/app?replicaSet=rs1
          NONE: mongodb://two/app
          DIRECT: mongodb://two/app?replicaSet=rs0&directConnection=true
          TWO: mongodb://two/app?replicaSet=rs0
                                            ^^^ replica-set-unknown: two is started without --replSet, so it is in no replica set.
      one: {image: "mongo:7", command: mongod --replSet rs1 --bind_ip_all}
      two: {image: "mongo:7", command: ["--auth"]}
  `;
});

test("not where something else may say it", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: example/a
        environment:
          A: mongodb://config/app?replicaSet=rs0
          B: mongodb://script/app?replicaSet=rs0
          C: mongodb://bitnami/app?replicaSet=rs0
          D: mongodb://open/app?replicaSet=rs0
          E: mongodb://entry/app?replicaSet=rs0
          F: mongodb://same/app?replicaSet=\${NAME}
          G: mongodb://same/app?replicaSet=rs0
          H: mongodb+srv://cluster.example.com/app?replicaSet=rs0
      config: {image: "mongo:7", command: mongod --config /etc/mongo.conf}
      script: {image: "mongo:7", command: bash -c "mongod --replSet rs0"}
      bitnami: {image: "bitnami/mongodb:7.0"}
      open: {image: "mongo:7", command: "mongod \${OPTIONS}"}
      entry: {image: "mongo:7", entrypoint: /start.sh}
      same: {image: "mongo:7", command: mongod --replSet=rs0}
  `;
});

test("the name of the set that it is in", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a: {image: example/a, environment: {URL: "mongodb://db/app?replicaSet=rs0"}}
      db: {image: "mongo:7", command: mongod --replSet main}
    ->
    services:
      a: {image: example/a, environment: {URL: "mongodb://db/app?replicaSet=main"}}
      db: {image: "mongo:7", command: mongod --replSet main}
  `;
});
