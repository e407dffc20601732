import { test } from "vitest";
import { assetsWithoutSecretKey as rule } from "../../../../server/src/rules/dockerfile/assets-without-secret-key.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";

import { contextOf } from "../../../support/model.ts";

const lock = "GEM\n  specs:\n    rails (7.1.3)\n      railties (= 7.1.3)\n";
const rails = (files: Readonly<Record<string, string>> = {}) => ({
  context: contextOf({ Gemfile: "gem 'rails'", "Gemfile.lock": lock, ...files }),
});

test("by rails, rake or bundle exec, with the environment of the command", () => {
  reports(rule, rails())`
    FROM ruby:3.4-slim
    WORKDIR /rails
    COPY . .
    RUN RAILS_ENV=production bundle exec rake assets:precompile
                             ^^^^^^ assets-without-secret-key
    ENV RAILS_ENV=production
    RUN bundle exec bootsnap precompile app && ./bin/rails assets:precompile
                                               ^^^^^^^^^^^ assets-without-secret-key: Rails needs a secret key for this in production, and the build has none.
  `;
});

test("with a master key that the ignore file keeps out", () => {
  reports(rule, rails({ "config/master.key": "0123", ".dockerignore": "config/*.key\n" }))`
    FROM ruby:3.4-slim
    WORKDIR /rails
    ENV RAILS_ENV=production
    COPY . .
    RUN bin/rails assets:precompile
        ^^^^^^^^^ assets-without-secret-key
  `;
});

test("not with a key, in another environment, of another Rails, or where the project may give it", () => {
  const text = (line: string, env = "ENV RAILS_ENV=production") =>
    `FROM ruby:3.4-slim\nWORKDIR /rails\nCOPY . .\n${env}\nRUN ${line}\n`;
  const plain = "bin/rails assets:precompile";
  for (const line of [
    `SECRET_KEY_BASE_DUMMY=1 ${plain}`,
    `SECRET_KEY_BASE=x ${plain}`,
    `--mount=type=secret,id=key,env=RAILS_MASTER_KEY ${plain}`,
    `${plain} || true`,
    "bin/rails assets:clean",
    "bundle exec jekyll assets:precompile",
  ])
    expectProblems(rule, text(line), rails());
  expectProblems(rule, text(plain, "ENV RAILS_ENV=test"), rails());
  expectProblems(rule, text(plain, "WORKDIR /x"), rails());
  expectProblems(rule, text(plain, "ENV RAILS_ENV=production SECRET_KEY_BASE=x"), rails());
  expectProblems(rule, text(plain));
  expectProblems(rule, text(plain), rails({ "Gemfile.lock": lock.replaceAll("7.1.3", "6.1.7") }));
  expectProblems(rule, text(plain), rails({ "Gemfile.lock": "" }));
  expectProblems(rule, text(plain), rails({ "config/master.key": "0123" }));
  expectProblems(
    rule,
    text(plain),
    rails({ "config/environments/production.rb": "config.secret_key_base = 'x'" }),
  );
});

test("one is made up", () => {
  fixes(rule, "unsafe", "", rails())`
    FROM ruby:3.4-slim
    WORKDIR /rails
    COPY . .
    ENV RAILS_ENV=production
    RUN bundle exec rails assets:precompile
    ->
    FROM ruby:3.4-slim
    WORKDIR /rails
    COPY . .
    ENV RAILS_ENV=production
    RUN SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile
  `;
});
