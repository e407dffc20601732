import { expect, test } from "vitest";
import { secretInImage as rule } from "../../../../server/src/rules/dockerfile/secret-in-image.ts";
import {
  isSecretName,
  isSecretToHadolint,
} from "../../../../server/src/rules/knowledge/secrets/secret-names.ts";
import { expectProblems, fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("names of secrets, in every stage, whatever the value", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    ENV DB_PASSWORD=hunter2 PORT=80
        ^^^^^^^^^^^ secret-in-image: ENV DB_PASSWORD stays readable in the record of the build.
    ARG git_key=x
        ^^^^^^^ secret-in-image: ARG git_key stays readable in the record of the build.
    FROM alpine:3.24
    ENV SESSION_SECRET=hunter2
        ^^^^^^^^^^^^^^ secret-in-image: ENV SESSION_SECRET stays readable in the image.
    ARG NPM_TOKEN
        ^^^^^^^^^ secret-in-image: ARG NPM_TOKEN stays readable in the history of the image.
  `;
});

test("not keys that browsers are meant to see", () => {
  reports(rule)`
    FROM alpine:3.24
    ENV RECAPTCHA_SITE_KEY=6Labc STRIPE_PUBLISHABLE_KEY=pk_test_1
    ARG NEXT_SUPABASE_ANON_KEY
    ARG SITE_SECRET_KEY
        ^^^^^^^^^^^^^^^ secret-in-image
  `;
});

test("not what is said about a secret", () => {
  reports(rule)`
    FROM alpine:3.24
    ENV TOKEN_COOKIE_NAME=session AUTH_TYPE=basic JWT_TOKEN_TTL=60
    ENV AUTH_TYPE_KEY=abc
        ^^^^^^^^^^^^^ secret-in-image
  `;
});

test("an argument of any name that is the password in an address", () => {
  reports(rule)`
    FROM alpine/git:2.47
    ARG OWNER
    ARG PAT
        ^^^ secret-in-image: ARG PAT stays readable in the history of the image.
    ARG GH
        ^^ secret-in-image
    RUN git clone https://$OWNER:$PAT@github.com/$OWNER/shop.git /src
    RUN git clone "https://\${GH}@github.com/acme/lib.git" /lib
  `;
  reports(rule)`
    FROM alpine/git:2.47
    ARG HOST
    ARG USERNAME
    ARG PORT
    ARG OTHER
    RUN git clone ssh://$HOST@example.com/a && curl https://$USERNAME@example.com http://$HOST:$PORT/x@y
    RUN --mount=type=secret,id=p,env=GIT_PAT git clone https://x:$GIT_PAT@example.com/a
    RUN OTHER=$(cat /run/secrets/p) && git clone https://x:$OTHER@example.com/a
  `;
});

test("a secret mount for the password of an address", () => {
  fixes(rule, "unsafe")`
    # syntax=docker/dockerfile:1.12
    FROM alpine/git:2.47
    ARG PAT
    RUN git clone https://me:$PAT@example.com/shop.git /src
    ->
    # syntax=docker/dockerfile:1.12
    FROM alpine/git:2.47
    RUN --mount=type=secret,id=pat,env=PAT git clone https://me:$PAT@example.com/shop.git /src
  `;
});

test("BuildKit's words between BuildKit's boundaries", () => {
  const secret = [
    "SECRET_PASSPHRASE",
    "SUPER_Secret",
    "password",
    "super_duper_secret_token",
    "auth",
    "apikey",
    "API_KEY",
  ];
  expect(secret.filter(isSecretName)).toEqual(secret);
  const harmless = [
    "sunflower",
    "PUBLIC_KEY",
    "password_file",
    "KEY_VERSION",
    "PASSPHRASE",
    "monkey",
    "TOKENS",
    "publicKEY",
  ];
  expect(harmless.filter(isSecretName)).toEqual([]);
});

test("hadolint's words at the end of a part too, but not in the middle, and no names of users", () => {
  const secret = ["PGPASSWORD", "MYAPIKEY", "OKTA_CLIENTSECRET", "accesstoken_prod", "AWS_ACCESS_KEY_ID"];
  expect(secret.filter(isSecretToHadolint)).toEqual(secret);
  const harmless = [
    "TOKENIZERS_PARALLELISM",
    "DOCKER_USERNAME",
    "PGPASSWORD_FILE",
    "TOKEN_URL",
    "PRIVATE_DIR",
  ];
  expect(harmless.filter((it) => isSecretToHadolint(it) && !isSecretName(it))).toEqual([]);
});

test("in a trigger, and in front of the first FROM where no stage declares it again", () => {
  reports(rule)`
    ARG NPM_TOKEN API_KEY
                  ^^^^^^^ secret-in-image: ARG API_KEY stays readable in the record of the build.
    FROM alpine:3.24
    ARG NPM_TOKEN
        ^^^^^^^^^ secret-in-image
    ONBUILD ENV PGPASSWORD=x
                ^^^^^^^^^^ secret-in-image: ENV PGPASSWORD stays readable in the image.
    ONBUILD RUN ls
  `;
});

test("files that always are secrets, in a stage that is shipped", () => {
  reports(rule)`
    FROM alpine:3.24 AS builder
    COPY .npmrc .env /src/
    FROM alpine:3.24
    COPY .env.production /app/
         ^^^^^^^^^^^^^^^ secret-in-image: .env.production is a file of environment variables, and stays in the image.
    COPY --chown=1000 keys/id_ed25519 /home/app/.ssh/
                      ^^^^^^^^^^^^^^^ secret-in-image: keys/id_ed25519 is a private SSH key, and stays in the image.
    ADD certs/server.key /etc/ssl/private/
        ^^^^^^^^^^^^^^^^ secret-in-image
  `;
});

test("not examples, public keys and certificates", () => {
  reports(rule)`
    FROM alpine:3.24
    COPY .env.example .env.sample .env.dist /app/
    COPY id_rsa.pub /home/app/.ssh/
    COPY docker.key /usr/share/keyrings/
    COPY server.pem ca.crt /etc/ssl/
    COPY env.ts .envrc.md /app/
  `;
});

test("passwords in URLs, but not stand-ins", () => {
  reports(rule)`
    FROM alpine:3.24
    ENV DATABASE_URL=postgres://app:s3cr3tpw@db.internal:5432/app
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ secret-in-image: A password for db.internal stays readable in the image.
    RUN git clone https://bot:ghp_0123456789@github.com/team/private.git
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ secret-in-image: A password for github.com stays readable in the history of the image.
    ENV OTHER_URL=postgres://user:password@db/app
    RUN DATABASE_URL=postgres://dummy:dummy@db/app rake assets:precompile
    RUN git clone https://bot:$TOKEN@github.com/team/private.git
    ENV LOCAL_URL=redis://default:abc@localhost:6379
    RUN curl https://example.com:8443/a@b
  `;
});

test("not the fingerprint of a public key that a download is verified with", () => {
  reports(rule)`
    ARG PGP_KEY=0x7169605F62C751356D054A26A821E680E5FA6305
    FROM buildpack-deps:trixie
    ENV GPG_KEY E3FF2839C048B25C084DEBE9B26995E310250568
    ENV RELEASE_GPG_KEY="7169605F62C75135 6D054A26A821E680 E5FA6305"
    ARG SIGNING_KEY=7169605F62C751356D054A26A821E680E5FA6305
    ENV SIGNING_KEY=$SIGNING_KEY RELEASE_KEY=7169605F62C751356D054A26A821E680E5FA6305
    ENV COOKIE_SIGNING_KEY=7169605f62c751356d054a26a821e680e5fa6305
        ^^^^^^^^^^^^^^^^^^ secret-in-image
    ENV NGINX_GPG_KEY="573B FD6B 3D8F BC64 1079 A6AB ABF5 BD82 7BD9 BF62"
    ENV PGP_KEY_IDS="0x8657ABB260F056B1E5190839D9C4D26D0E604491 0xB7C1C14360F353A36862E4D5231C84CDDCC69C45"
    ENV PGP_KEY_IDS="0x8657ABB260F056B1E5190839D9C4D26D0E604491 s3cret"
        ^^^^^^^^^^^ secret-in-image
    ENV API_KEY=E3FF2839C048B25C084DEBE9B26995E310250568 GPG_KEY=$KEY
        ^^^^^^^ secret-in-image
                                                         ^^^^^^^ secret-in-image
  `;
});

test("nor the id of a key that is fetched from a server of keys", () => {
  reports(rule)`
    FROM buildpack-deps:trixie
    ARG GHC_KEY=88b57fcf7db53b4db3bfa4b1588764fbe22d19c4
    ARG API_KEY=88b57fcf7db53b4db3bfa4b1588764fbe22d19c4
        ^^^^^^^ secret-in-image
    ARG APT_KEY
    RUN gpg --batch --keyserver keyserver.ubuntu.com --receive-keys "$GHC_KEY" && curl -H "X-Key: $API_KEY" https://example.com/ghc
    RUN apt-key adv --keyserver keyserver.ubuntu.com --recv-keys \${APT_KEY}
  `;
});

test("not switches and paths", () => {
  reports(rule)`
    FROM alpine:3.24
    ENV SSH_AUTH_SOCK=/run/ssh.sock DISABLE_AUTH=true TLS_KEY="/etc/tls/tls.key" SECRET_KEY_BASE_DUMMY=1
    ARG REQUIRE_AUTH=false
    ENV API_KEY=/abc+d/efg== TOKEN=/x
        ^^^^^^^ secret-in-image
                             ^^^^^ secret-in-image
  `;
});

test("a secret mount takes an argument's place where RUNs use it", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    # From CI.
    ARG NPM_TOKEN
    RUN --mount=type=cache,target=/root/.npm \
        npm config set //npm.example.com/:_authToken=\${NPM_TOKEN} && npm ci
    ->
    FROM node:24-alpine
    # From CI.
    RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN --mount=type=cache,target=/root/.npm \
        npm config set //npm.example.com/:_authToken=\${NPM_TOKEN} && npm ci
  `;
});

test("an environment variable is taken out, alone or from among others", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    ENV API_TOKEN=abc
    CMD ["sleep", "1"]
    ->
    FROM alpine:3.24
    CMD ["sleep", "1"]
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    ENV A=1 \
        API_TOKEN=abc \
        B=2
    ->
    FROM alpine:3.24
    ENV A=1 \
        B=2
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    ENV API_TOKEN=abc B=2
    ->
    FROM alpine:3.24
    ENV B=2
  `;
});

test("nothing to offer where an argument goes on into the environment", () => {
  offersNothing(rule)`
    FROM alpine:3.24
    ARG API_TOKEN
    LABEL token=$API_TOKEN
  `;
});

test("each finding stands for its own rules elsewhere", () => {
  const found = problemsOf(rule)`
    FROM alpine:3.24
    ENV API_TOKEN=abc
    COPY .env /
    ENV PGPASSWORD=abc
  `;
  expect(found.map((it) => it.aliases.includes("SecretsUsedInArgOrEnv"))).toEqual([true, false, false]);
  expect(found.map((it) => it.aliases.includes("S53"))).toEqual([false, true, false]);
  expect(found.map((it) => it.aliases.includes("DL3064"))).toEqual([true, false, true]);
});

test("a secret mount only where the frontend knows env=", () => {
  const offered = (syntax: string) => {
    const text = [
      `${syntax}FROM node:24-alpine\nARG NPM_TOKEN\nRUN npm config set //npm.example.com/:_authToken=$NPM_TOKEN\n`,
    ];
    const [problem] = problemsOf(rule)(Object.assign(text, { raw: text }));
    return problem?.fixes.length;
  };
  for (const it of ["1", "1.10", "1.17-labs", "1-labs", "latest", "labs"])
    expect(offered(`# syntax=docker/dockerfile:${it}\n`), it).toBe(1);
  for (const it of ["1.4", "1.9.0", "1.7-labs", "experimental", `1@sha256:${"a".repeat(64)}`])
    expect(offered(`# syntax=docker/dockerfile:${it}\n`), it).toBe(0);
  expect(offered("")).toBe(1);
  expect(offered("# syntax=docker/dockerfile\n")).toBe(1);
  expect(offered("# syntax=example.com/frontend:1\n")).toBe(0);
});

test("no secret mount where something else may read the argument", () => {
  for (const other of [
    "RUN ./scripts/install.sh",
    "RUN make",
    "RUN npm ci",
    'RUN ["make"]',
    "RUN $TOOL",
    "RUN <<EOF\necho $NPM_TOKEN\nEOF\nRUN ./x",
    "FROM build",
  ]) {
    const text = [
      `FROM node:24-alpine AS build\nARG NPM_TOKEN\nRUN npm config set //a/:_authToken=$NPM_TOKEN\n${other}\n`,
    ];
    const problems = problemsOf(rule)(Object.assign(text, { raw: text }));
    expect(
      problems.flatMap((it) => it.fixes),
      other,
    ).toEqual([]);
  }
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    RUN make
    ARG NPM_TOKEN
    RUN apk add --no-cache git && mkdir -p /app
    RUN npm config set //npm.example.com/:_authToken=$NPM_TOKEN && npm ci
    ->
    FROM node:24-alpine
    RUN make
    RUN apk add --no-cache git && mkdir -p /app
    RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm config set //npm.example.com/:_authToken=$NPM_TOKEN && npm ci
  `;
});

test("not a switch, by its name or by what the argument that it takes is set to", () => {
  reports(rule)`
    FROM alpine:3.24
    ARG REQUIRE_TOKEN
    ARG AUTH=false
    ENV SITE_AUTH=$AUTH
    ENV DISABLE_AUTH=$REQUIRE_TOKEN
    ARG AUTH_TOKEN
        ^^^^^^^^^^ secret-in-image
    ENV APP_TOKEN=$AUTH_TOKEN
        ^^^^^^^^^ secret-in-image
  `;
});

test("what is no secret but named like one, where the check directive ends the build with it", () => {
  reports(rule)`
    # check=error=true
    FROM alpine:3.24
    ENV DISABLE_AUTH=1 GPG_KEY=0123456789ABCDEF PUBLIC_KEY=x KEYS=1
        ^^^^^^^^^^^^ secret-in-image: DISABLE_AUTH is no secret, but has the name of one, and the check directive of this file ends the build with that.
                       ^^^^^^^ secret-in-image
  `;
  reports(rule)`
    # check=skip=SecretsUsedInArgOrEnv;error=true
    FROM alpine:3.24
    ENV DISABLE_AUTH=1 GPG_KEY=0123456789ABCDEF
  `;
});

test("tokens by their form, and passwords that a command is given", () => {
  reports(rule)`
    FROM alpine:3.24
    ENV UPLINK=glpat-abcdefghij1234567890
               ^^^^^^^^^^^^^^^^^^^^^^^^^^ secret-in-image: This token stays readable in the image.
    LABEL uplink="npm_abcdefghijklmnopqrstuvwxyz012345"
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ secret-in-image
    RUN curl -H "Authorization: Bearer ghp_abcdefghijklmnopqrstuvwxyz0123" https://api.github.com/user
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ secret-in-image: This token stays readable in the history of the image.
    RUN curl -fsSL -u bot:Sup3rS3cret https://nexus.acme.com/x -o /x
                          ^^^^^^^^^^^ secret-in-image: This password stays readable in the history of the image.
    RUN echo "machine git.acme.com login bot password Sup3rS3cret" > /root/.netrc
                                                      ^^^^^^^^^^^ secret-in-image
  `;
  reports(rule)`
    FROM alpine:3.24
    ENV UPLINK=AKIAIOSFODNN7EXAMPLE
    RUN curl -u "bot:$PASSWORD_FROM_MOUNT" https://nexus.acme.com/x && curl -u bot:password https://acme.com
    RUN echo "machine git.acme.com login bot password $SECRET" > /root/.netrc
  `;
});

test("nothing stays readable of an empty variable, nor of a switch of apt-key", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ENV SECRET_KEY_BASE="" WEBUI_KEY='' API_TOKEN=
        ^^^^^^^^^^^^^^^ secret-in-image: ENV SECRET_KEY_BASE is empty, which leaks nothing; BuildKit warns of it, as it has the name of a secret.
                           ^^^^^^^^^ secret-in-image
                                        ^^^^^^^^^ secret-in-image
    ARG APT_KEY_DONT_WARN_ON_DANGEROUS_USAGE=DontWarn
    ARG NPM_TOKEN=""
        ^^^^^^^^^ secret-in-image
  `;
  const [problem] = problemsOf(rule)`
    FROM debian:trixie-slim
    ENV API_TOKEN=
  `;
  expect(problem).toMatchObject({ severity: "info", aliases: ["SecretsUsedInArgOrEnv"], fixes: [] });
});

test("what programs are given, and lines of their files", () => {
  for (const run of [
    "poetry config http-basic.acme ci ~Kq82mzLx0v",
    "composer config --global github-oauth.github.com ~9a8b7c6d5e4f3a2b1c0d",
    "bundle config set --global gems.contribsys.com 9a8b7c6d:~5e4f3a2b",
    "dotnet nuget add source https://a --username ci --password ~Kq82mzLx0v --store-password-in-clear-text",
    "docker login -u ci -p ~Kq82mzLx0v registry.example.com",
    "mysql -h db -u root -p~Kq82mzLx0v -e 'select 1'",
    "PGPASSWORD=~Kq82mzLx0v psql -h db",
    "aws configure set aws_secret_access_key ~k9Jx2LqPz7Vb4NmWc8Rt5Yh1Gd3Fs6Ae0UiOoKpL",
    "echo '//registry.npmjs.org/:_authToken=~8d7e6f5a-4b3c-2d1e' > .npmrc",
    'curl -H "Authorization: Bearer ~9a8b7c6d5e4f3a2b" https://a',
    "export GITHUB_TOKEN=~9a8b7c6d5e4f3a2b1c0d && make",
    "yarn config set npmAuthToken ~8d7e6f5a4b3c2d1e0f9a",
  ]) {
    const [before = "", after = ""] = `RUN ${run}`.split("~");
    const secret = /^[\w-]+/.exec(after)?.[0] ?? "";
    expectProblems(
      rule,
      `FROM alpine:3.24\n${before}${after}\n${" ".repeat(before.length)}${"^".repeat(secret.length)} secret-in-image\n`,
    );
  }
});

test("files that COPY writes by a here-document", () => {
  reports(rule)`
    FROM maven:3.9
    COPY <<EOF /root/.m2/settings.xml
    <server><id>a</id><password>Gh7kLq92Vz</password></server>
                                ^^^^^^^^^^ secret-in-image: This password stays readable in the history of the image.
    EOF
    COPY <<EOF /root/.gradle/gradle.properties
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ secret-in-image: /root/.gradle/gradle.properties is a file with a password, and stays in the image.
    nexusPassword=Lk2mQ9zXv7
    EOF
    COPY <<EOF /root/.m2/settings-security.xml
    <server><password>\${env.TOKEN}</password><password>{jSMOWnoPFgsHVpMvz5VrIt5kRbzGpI8u}</password></server>
    EOF
  `;
});

test("not options, ports and paths that look alike, variables and stand-ins", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN mysql -P3306 -h db && ./configure --with-mysql -prefix=/usr && mysql -p"$PW"
    RUN grep -q requirepass /etc/redis.conf && sed -i 's/# requirepass foobared/requirepass \${PW}/' /etc/redis.conf
    RUN bundle config build.nokogiri --use-system-libraries && bundle config set --local without development:test
    RUN curl --user-agent "Foo: barbaz" https://b && curl -H "Authorization: Bearer QQ==" https://ghcr.io/v2/
    RUN SECRET_KEY=build-only-not-a-secret python manage.py collectstatic
    ENV JAVA_OPTS="-Djavax.net.ssl.trustStorePassword=Kq82mzLx0v" BUNDLE_BUILD__NOKOGIRI="--use-system-libraries"
    ENV STORE="AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
    COPY <<EOF /root/.npmrc
    //registry.npmjs.org/:_authToken=\${NPM_TOKEN}
    EOF
  `;
});

test("logins of Bundler, connection strings and properties of Java", () => {
  reports(rule)`
    FROM ruby:3.4
    ARG BUNDLE_GEMS__CONTRIBSYS__COM
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ secret-in-image: ARG BUNDLE_GEMS__CONTRIBSYS__COM stays readable in the history of the image.
    ENV STORE="Server=db.corp;Database=a;User Id=sa;Password=Kq82mzLx0v"
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ secret-in-image: The password in this value stays readable in the image.
    ENV JAVA_OPTS="-Ddb.password=Kq82mzLx0v -Xmx512m"
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ secret-in-image
  `;
});
