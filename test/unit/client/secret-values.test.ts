import { describe, expect, test } from "vitest";
import {
  hasSecretWord,
  isSecretVariable,
  shownVariable,
  withoutSecrets,
} from "../../../client/src/editor/secret-values.ts";

describe("values that look secret", () => {
  test.each([
    "API_TOKEN=x",
    "DB_PASSWORD=",
    "SECRET",
    "URL=postgres://app:hunter2@db/app",
    "X=redis://:pw@r",
  ])("%s is one", (variable) => {
    expect(isSecretVariable(variable)).toBe(true);
  });

  test.each(["LOG_LEVEL=debug", "URL=http://db:5432/a@b", "A=b=c", "PATH=/a:/b", "MAIL=a@b"])(
    "%s is none",
    (variable) => {
      expect(isSecretVariable(variable)).toBe(false);
    },
  );

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
  ])("%j as a command", (words, expected) => {
    expect(hasSecretWord(words)).toBe(expected);
  });

  test("are hidden in the engine's JSON, wherever it has an environment", () => {
    const value = {
      Id: "x",
      Config: { Env: ["A=1", "TOKEN=t"], Cmd: ["a"], Labels: null },
      List: [{ Env: ["PASSWORD=p"] }, 3],
    };
    expect(withoutSecrets(value)).toEqual({
      Id: "x",
      Config: { Env: ["A=1", "TOKEN=•••"], Cmd: ["a"], Labels: null },
      List: [{ Env: ["PASSWORD=•••"] }, 3],
    });
    expect(value.Config.Env[1]).toBe("TOKEN=t");
  });
});
