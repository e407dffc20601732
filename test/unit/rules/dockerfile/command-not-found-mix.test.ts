import { expect, test } from "vitest";
import { commandNotFound as rule } from "../../../../server/src/rules/dockerfile/command-not-found.ts";
import { expectProblems, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const MANIFEST = `defmodule Api.MixProject do
  defp deps do
    [
      {:bcrypt_elixir, "~> 3.0"},
      # {:argon2_elixir, "~> 4.0"},
      {:heroicons, github: "tailwindlabs/heroicons", tag: "v2.1.1", app: false, compile: false},
      {:tool, git: "https://example.com/tool.git", only: [:dev, :test]}
    ]
  end
end
`;
const LOCK = `%{
  "bcrypt_elixir": {:hex, :bcrypt_elixir, "3.1.0", "0b110a9a6c619b19a7f73fa3004aa11d6e719a67e672d1633dc36b6b2290a0f7"},
  "tool": {:git, "https://example.com/tool.git", "abc", []},
  "heroicons": {:git, "https://github.com/tailwindlabs/heroicons.git", "88ab3a0d790e6a47404cba02800a6b25d2afae50", [tag: "v2.1.1"]},
}
`;
const around = { context: contextOf({ "mix.exs": MANIFEST, "mix.lock": LOCK }) };

test("git for what is cloned, make for what is compiled", () => {
  reports(rule, around)`
    FROM hexpm/elixir:1.18.4-erlang-27.3.4-alpine-3.21.3
    WORKDIR /app
    ENV MIX_ENV=prod
    COPY mix.exs mix.lock ./
    RUN mix local.hex --force
    RUN mix deps.get --only prod
            ^^^^^^^^ command-not-found: git is not in this image, and mix clones https://github.com/tailwindlabs/heroicons.git.
    RUN mix deps.compile
            ^^^^^^^^^^^^ command-not-found: make is not in this image, and bcrypt_elixir has code in C, which mix compiles with it.
  `;
});

test("silent where they are installed, and for what is for development", () => {
  expectProblems(
    rule,
    "FROM elixir:1.18-slim\nRUN apt-get update && apt-get install -y build-essential git\nWORKDIR /app\nCOPY mix.exs mix.lock ./\nRUN mix deps.get && mix deps.compile\n",
    around,
  );
  const context = contextOf({ "mix.exs": MANIFEST.replace(/.*heroicons.*\n/, ""), "mix.lock": LOCK });
  expect(
    problemsOf(rule, { context })`
      FROM elixir:1.18-alpine
      WORKDIR /app
      COPY mix.exs mix.lock ./
      RUN mix deps.get
    `,
  ).toEqual([]);
});
