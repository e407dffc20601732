import { test } from "vitest";
import { serviceEndsAtOnce as rule } from "../../../../server/src/rules/compose/service-ends-at-once.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("what publishes a port, and programs that print their help", () => {
  reportsInCompose(rule)`
    services:
      web:
        image: node:24
               ^^^^^^^ service-ends-at-once: web ends at once: the image's own command is Node's prompt, which has nothing to read here.
        ports: ["3000:3000"]
      auth:
        image: quay.io/keycloak/keycloak:26.0
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ service-ends-at-once: auth ends at once and is started again and again: the image's own command is none, and without \`start\` Keycloak prints its help.
        restart: always
  `;
});

test("not with a command, a terminal or a build, nor what is only called now and then", () => {
  reportsInCompose(rule)`
    services:
      command:
        image: node:24
        command: npm start
        restart: always
      shell:
        image: ubuntu
        tty: true
        restart: always
      open:
        image: alpine
        stdin_open: true
        ports: ["80:80"]
      once:
        image: alpine
      failing:
        image: alpine
        restart: on-failure
      built:
        build: .
        image: node:24
        restart: always
      php:
        image: php:8-apache
        restart: always
      old:
        image: quay.io/keycloak/keycloak:16.1.1
        restart: always
      base:
        extends: {file: other.yaml, service: web}
        image: node:24
        restart: always
  `;
});

test("by what is known of the image", () => {
  reportsInCompose(rule)`
    services:
      jdk:
        image: eclipse-temurin:21-jdk
               ^^^^^^^^^^^^^^^^^^^^^^ service-ends-at-once: jdk ends at once and is started again and again: the image's own command is Java's prompt, which has nothing to read here.
        restart: always
      jre:
        image: eclipse-temurin:21-jre
        restart: always
      cli:
        image: php:8.3-cli
               ^^^^^^^^^^^ service-ends-at-once
        restart: always
      rocky:
        image: rockylinux:9
               ^^^^^^^^^^^^ service-ends-at-once: rocky ends at once and is started again and again: the image's own command is a shell, which has nothing to read here.
        restart: always
      init:
        image: registry.access.redhat.com/ubi9/ubi-init
        restart: always
      database:
        image: postgres:18
        restart: always
      windows:
        image: golang:1.25-nanoserver
        restart: always
  `;
});

test("Keycloak for production, without a certificate and without leave to speak HTTP", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: quay.io/keycloak/keycloak:26.4
        command: [start, --import-realm]
                 ^^^^^^^^^^^^^^^^^^^^^^^ service-ends-at-once: a ends at once: Keycloak's \`start\` wants a certificate, or KC_HTTP_ENABLED where a proxy has one.
        environment: {KC_HOSTNAME: id.example.com, KC_PROXY_HEADERS: xforwarded}
        volumes: ["./realms:/opt/keycloak/data/import"]
      b: {image: keycloak/keycloak, command: start --optimized}
                                             ^^^^^^^^^^^^^^^^^ service-ends-at-once
      c: {image: keycloak/keycloak, command: start-dev}
      d: {image: keycloak/keycloak, command: start --http-enabled=true}
      e: {image: keycloak/keycloak, command: start, environment: [KC_HTTP_ENABLED=true]}
      f: {image: keycloak/keycloak, command: start, environment: [KC_HTTPS_CERTIFICATE_FILE=/tls.crt]}
      g: {image: "keycloak/keycloak:21.1", command: start --proxy edge}
      h: {image: keycloak/keycloak, command: start, volumes: ["./keycloak.conf:/opt/keycloak/conf/keycloak.conf"]}
      i: {image: keycloak/keycloak, command: start, env_file: .env}
      j: {image: keycloak/keycloak, command: "start \${OPTIONS}"}
      k: {image: "keycloak/keycloak:own", command: start, build: .}
      l: {image: "quay.io/keycloak/keycloak:16.1.1", command: start}
  `;
});
