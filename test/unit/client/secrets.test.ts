import { describe, expect, test } from "vitest";
import {
  hasSecretWord,
  isSecretPair,
  isSecretVariable,
  looksSecret,
  secretsIn,
  shownVariable,
  textWithoutSecrets,
  withoutSecrets,
} from "../../../client/src/shared/secrets.ts";

test("secrets are told by their names", () => {
  const secret = ["NPM_TOKEN", "dbPassword", "API_KEY", "AWS_SECRET_ACCESS_KEY", "credentials"];
  const others = ["MYSQL_PWD", "FERNET_KEY", "ENCRYPTION_KEY", "JWT", "AUTH_SALT", "REGISTRY_CREDS", "DB_PW"];
  const open = [
    "VERSION",
    "GOOS",
    "KEYBOARD",
    "BYPASS",
    "PWD",
    "OLDPWD",
    "SALTED",
    "PRIVATE_NETWORK",
    "JWT_ISSUER",
    "KEY",
  ];
  expect([...secret, ...others, ...open].filter(looksSecret)).toEqual([...secret, ...others]);
});

describe("values that look secret", () => {
  test.each([
    "API_TOKEN=x",
    "DB_PASSWORD=",
    "SECRET",
    "URL=postgres://app:hunter2@db/app",
    "X=redis://:pw@r",
    "URL=postgres://app:a/b@db/app",
    "GH=ghp_0123456789abcdefghij0123",
  ])("%s is one", (variable) => {
    expect(isSecretVariable(variable)).toBe(true);
  });

  test.each(["LOG_LEVEL=debug", "URL=http://db:5432/a@b", "A=b=c", "PATH=/a:/b", "MAIL=a@b"])(
    "%s is none",
    (variable) => {
      expect(isSecretVariable(variable)).toBe(false);
    },
  );

  test("in the value of a build argument, whatever its name", () => {
    expect(isSecretPair("PIP_INDEX_URL", "https://ci:p%40ss@pypi.corp/simple")).toBe(true);
    expect(secretsIn("https://ci:p%40ss@pypi.corp/simple")).toEqual(["p%40ss", "p@ss"]);
    expect(isSecretPair("GOPROXY", "https://proxy.corp:8080/go,direct")).toBe(false);
    expect(isSecretPair("NPM_TOKEN", "x")).toBe(true);
  });

  test("are not shown", () => {
    expect(shownVariable("API_TOKEN=abc=d")).toBe("API_TOKEN=•••");
    expect(shownVariable("A=b")).toBe("A=b");
  });

  test.each([
    [["api", "--token=x"], true],
    [["api", "--token", "x"], true],
    [["sh", "-c", "DB_PASSWORD=x api"], true],
    [["api", "--db", "postgres://a:b@c/d"], true],
    [["api", "--print-token"], false],
    [["api", "--port", "80"], false],
    [["cat", "/run/secrets/token"], false],
    [["mysqladmin", "ping", "-h", "db", "-phunter2"], true],
    [["mysqladmin", "ping", "-h", "db", "-p$MYSQL_ROOT_PASSWORD"], false],
    [["CMD", "/usr/bin/redis-cli", "-a", "hunter2", "ping"], true],
    [["mkdir", "-p", "/data"], false],
    [["psql", "-p", "5432"], false],
  ])("%j as a command", (words, expected) => {
    expect(hasSecretWord(words)).toBe(expected);
  });

  test.each([
    ["redis://:pw@cache:6379/0", "redis://:•••@cache:6379/0"],
    [
      "RUN |1 NPM_TOKEN=abc /bin/sh -c npm ci # buildkit",
      "RUN |1 NPM_TOKEN=••• /bin/sh -c npm ci # buildkit",
    ],
    ['ARG DB_PASSWORD="a b"', "ARG DB_PASSWORD=•••"],
    ['CMD ["api" "--password" "hunter2" "--port" "80"]', 'CMD ["api" "--password" "•••" "--port" "80"]'],
    ["api --db-pass hunter2 --verbose", "api --db-pass ••• --verbose"],
    ["api --token --verbose", "api --token --verbose"],
    ['curl -H "Authorization: Bearer abc.def" http://x', 'curl -H "Authorization: Bearer •••" http://x'],
    ["postgres://u:p@ss@db/x?mail=a@b", "postgres://u:•••@db/x?mail=a@b"],
    ["http://a:b@c,http://d:e@f", "http://a:•••@c,http://d:•••@f"],
    ["postgres://u:p/s%2Fs@db/x", "postgres://u:•••@db/x"],
    ["http://db:5432/a@b http://[::1]:80/x@y", "http://db:5432/a@b http://[::1]:80/x@y"],
    [
      "RUN mysqladmin -uroot -phunter2 ping && mkdir -p /a",
      "RUN mysqladmin -uroot -p••• ping && mkdir -p /a",
    ],
    [`CMD mysql -p"$ROOT" -P3306`, `CMD mysql -p"$ROOT" -P3306`],
    ['["mariadb-dump", "-uroot", "-phunter2", "all"]', '["mariadb-dump", "-uroot", "-p•••", "all"]'],
    ["redis-cli -h r -a hunter2 ping", "redis-cli -h r -a ••• ping"],
    ["sshpass -p hunter2 ssh -p 22 host", "sshpass -p ••• ssh -p 22 host"],
    ["curl -sf -u me:hunter2 http://x", "curl -sf -u me:••• http://x"],
    ["docker login -u me -p hunter2 ghcr.io", "docker login -u me -p ••• ghcr.io"],
    ["docker run -p 80:80 mysql -h db", "docker run -p 80:80 mysql -h db"],
    [
      "npm install && git clone https://x@y # ghp_0123456789abcdefghij0123",
      "npm install && git clone https://x@y # •••",
    ],
    ["password: abc\ntoken = 'd e'\nport: 80", "password: •••\ntoken = •••\nport: 80"],
    ["db: {password: hunter2, user: app}", "db: {password: •••, user: app}"],
    ['{"db": {"password": "a b"}, "all": ["x"]}', '{"db": {"password": •••}, "all": ["x"]}'],
    ['{"password": "a b", "apiKey":"c", "size": 1}', '{"password": •••, "apiKey":•••, "size": 1}'],
    ["users=u:$$apr1$$ab$$cd.e/,v:$2y$05$xyz", "users=u:•••,v:•••"],
    ["./secrets:/run/secrets my-token:latest", "./secrets:/run/secrets my-token:latest"],
    ["POSTGRES_PASSWORD_FILE=/run/secrets/db", "POSTGRES_PASSWORD_FILE=/run/secrets/db"],
    ["PATH=/usr/bin:/bin --user app", "PATH=/usr/bin:/bin --user app"],
  ])("in a text: %s", (text, shown) => {
    expect(textWithoutSecrets(text)).toBe(shown);
  });

  test("in a long word without a blank, in time that grows as the word does", () => {
    const word = "a".repeat(100_000);
    expect(textWithoutSecrets(`${word} DB_PASSWORD=x`)).toBe(`${word} DB_PASSWORD=•••`);
    expect(textWithoutSecrets(`x${"_y".repeat(40)}_PASSWORD=x`)).toBe(`x${"_y".repeat(40)}_PASSWORD=•••`);
    for (const it of [
      "mysql ",
      "a://b:c/",
      "http://a:b",
      "eyJ-",
      "-----BEGIN PRIVATE KEY-----",
      "curl -u a:",
    ])
      expect(textWithoutSecrets(it.repeat(20_000 / it.length)).length).toBeGreaterThan(0);
  });

  test("are hidden in the engine's JSON, wherever they stand", () => {
    const value = {
      Id: "x",
      Path: "api",
      Args: ["--token", "t", "--verbose"],
      Config: {
        Env: ["A=1", "TOKEN=t", "DSN=mysql://u:p@db/x", "MOTTO=a PASSWORD=b"],
        Cmd: ["sh", "-c", "DB_PASSWORD=x api"],
        Entrypoint: ["api", "--db-password=x y"],
        Labels: { "app.api-key": "k", "app.version": "1", "app.secret": "" },
        Healthcheck: { Test: ["CMD", "check", "--password", "p"] },
      },
      HostConfig: {
        LogConfig: { Type: "splunk", Config: { "splunk-token": "s", "splunk-url": "https://u:p@logs" } },
        Binds: ["/a:/b:ro"],
        Memory: 0,
        Privileged: false,
      },
      History: [{ CreatedBy: "ARG API_KEY=abc" }, null],
      Mounts: null,
    };
    const before = JSON.stringify(value);
    expect(withoutSecrets(value)).toEqual({
      Id: "x",
      Path: "api",
      Args: ["--token", "•••", "--verbose"],
      Config: {
        Env: ["A=1", "TOKEN=•••", "DSN=mysql://u:•••@db/x", "MOTTO=a PASSWORD=•••"],
        Cmd: ["sh", "-c", "DB_PASSWORD=•••"],
        Entrypoint: ["api", "--db-password=•••"],
        Labels: { "app.api-key": "•••", "app.version": "1", "app.secret": "" },
        Healthcheck: { Test: ["CMD", "check", "--password", "•••"] },
      },
      HostConfig: {
        LogConfig: { Type: "splunk", Config: { "splunk-token": "•••", "splunk-url": "https://u:•••@logs" } },
        Binds: ["/a:/b:ro"],
        Memory: 0,
        Privileged: false,
      },
      History: [{ CreatedBy: "ARG API_KEY=•••" }, null],
      Mounts: null,
    });
    expect(JSON.stringify(value)).toBe(before);
  });
});
