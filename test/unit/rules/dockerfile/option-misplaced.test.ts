import { expect, test } from "vitest";
import { optionMisplaced as rule } from "../../../../server/src/rules/dockerfile/option-misplaced.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("options that the program takes for something else", () => {
  reports(rule)`
    FROM golang:1.26 AS go
    RUN go build . -o /app
                   ^^ option-misplaced: go build takes this for a package: its flags stand in front of the packages.
    RUN CGO_ENABLED=0 go install ./cmd/a -trimpath
                                         ^^^^^^^^^ option-misplaced
    RUN tar -xfz /a.tgz -C /opt && tar -zxfv /b.tgz
            ^^^^ option-misplaced: tar takes z for the name of the archive: f stands last in its group.
                                       ^^^^^ option-misplaced
    FROM node:22 AS js
    RUN npm run build --configuration=production
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ option-misplaced: npm keeps this for itself, and the script build does not get it: put -- in front.
    CMD ["npm", "start", "--port", "3000"]
                         ^^^^^^^^ option-misplaced
    FROM node:22 AS node
    CMD ["node", "--enable-source-maps", "server.js", "--max-old-space-size=512"]
                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ option-misplaced: The program gets this: node takes its own options in front of the script only.
    FROM eclipse-temurin:21
    CMD java -jar /app.jar -Xmx512m
                           ^^^^^^^^ option-misplaced: The program gets this: java takes its own options in front of -jar only.
  `;
});

test("not where they are in their place, or mean something to the program", () => {
  reports(rule)`
    FROM golang:1.26 AS go
    RUN go build -o /app . && go build -ldflags "-s -w" -o /app ./cmd/a ./cmd/b && go run . -o x && go test ./... -v
    RUN go build $FLAGS . -o /app && go build -unknown x . -o /app && go build
    RUN tar -xzf /a.tgz && tar xfz /a.tgz && tar -cf - a && tar -f /a.tgz -xz && tar -xfC && tar -xf /a.tar
    FROM node:22 AS js
    RUN npm run build -- --configuration=production && npm run build --silent --if-present --workspace=a
    RUN npm ci --port=1 && npm run --port=1 && yarn build --mode=a && npm run build --prod --env=x
    CMD ["node", "server.js", "--port=3000"]
    FROM eclipse-temurin:21 AS java
    RUN java -jar openapi.jar generate -DmodelTests=false && java -cp a:b Main -Xmx1g && java -jar "$JAR" -Xmx1g
    ENTRYPOINT ["java", "-Xmx512m", "-jar", "/app.jar", "--spring.profiles.active=prod"]
  `;
});

test("not where the script reads what npm makes of it", () => {
  const context = contextOf({
    "package.json": '{ "scripts": { "build": "vite build --mode $npm_config_mode" } }',
  });
  reports(rule, { context })`
    FROM node:22
    WORKDIR /app
    COPY package.json ./
    RUN npm run build --mode=test
  `;
});

test("an error only where the build certainly ends", () => {
  const severities = problemsOf(rule)`
    FROM golang:1.26
    RUN go build . -o /app
    RUN tar -xfz /a.tgz || true
    RUN npm run build --mode=test
  `.map((it) => it.severity);
  expect(severities).toEqual(["error", "warning", "warning"]);
});

test("to their place", () => {
  fixes(rule, "safe")`
    FROM golang:1.26
    RUN go build . -trimpath -ldflags "-s -w" -o /app
    RUN ["go", "build", ".", "-o", "/app"]
    RUN tar -xfz /a.tgz
    ->
    FROM golang:1.26
    RUN go build -trimpath -ldflags "-s -w" -o /app .
    RUN ["go", "build", "-o", "/app", "."]
    RUN tar -xzf /a.tgz
  `;
  fixes(rule, "unsafe")`
    FROM node:22
    RUN npm run build --mode=test
    RUN ["npm", "test", "--coverage"]
    FROM eclipse-temurin:21
    ENTRYPOINT ["java", "-jar", "/app.jar", "-Xmx512m", "-Dspring.profiles.active=prod", "serve"]
    ->
    FROM node:22
    RUN npm run build -- --mode=test
    RUN ["npm", "test", "--", "--coverage"]
    FROM eclipse-temurin:21
    ENTRYPOINT ["java", "-Xmx512m", "-Dspring.profiles.active=prod", "-jar", "/app.jar", "serve"]
  `;
});

test("not where they would have to be taken apart", () => {
  offersNothing(rule)`
    FROM golang:1.26
    RUN go build . -o /app ./b
    RUN go build . \
        -o /app
    FROM eclipse-temurin:21
    ENTRYPOINT ["java", "-jar", "/app.jar", "-Xmx512m", "serve", "-Xms512m"]
  `;
});
