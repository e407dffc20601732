import { test } from "vitest";
import { commandNotFound as rule } from "../../../../server/src/rules/dockerfile/command-not-found.ts";
import { reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const lock = (gems: string) => ({
  context: contextOf({
    Gemfile: "",
    "Gemfile.lock": `GEM\n  remote: https://rubygems.org/\n  specs:\n${gems}`,
  }),
});

test("a compiler for gems with code in C, and git for those that are cloned", () => {
  reports(rule, lock("    nio4r (2.7.4)\n    puma (6.6.0)\n      nio4r (~> 2.0)\n"))`
    FROM ruby:3.4-slim
    WORKDIR /app
    COPY Gemfile Gemfile.lock ./
    RUN bundle install
               ^^^^^^^ command-not-found: gcc is not in this image, and nio4r has code in C, which Bundler compiles.
  `;
  reports(rule, {
    context: contextOf({ "Gemfile.lock": "GIT\n  remote: https://github.com/acme/x.git\n  revision: abc\n" }),
  })`
    FROM ruby:3.4-slim
    COPY Gemfile Gemfile.lock ./
    RUN bundle config set without test && bundle install -j4
                                                 ^^^^^^^ command-not-found: git is not in this image, and Bundler clones https://github.com/acme/x.git.
  `;
});

test("not where it is there, comes first, or the gems are plain or built for the platform", () => {
  reports(rule, lock("    puma (6.6.0)\n"))`
    FROM ruby:3.4
    COPY Gemfile Gemfile.lock ./
    RUN bundle install
    FROM ruby:3.4-slim
    COPY Gemfile Gemfile.lock ./
    RUN apt-get update && apt-get install -y build-essential && bundle install
    FROM ruby:3.4-slim
    RUN bundle exec rails assets:precompile && bundle install --local
  `;
  reports(
    rule,
    lock("    nokogiri (1.18.0-x86_64-linux-gnu)\n    rack (3.1.0)\n    pg (1.6.0-x86_64-linux)\n"),
  )`
    FROM ruby:3.4-slim
    COPY Gemfile Gemfile.lock ./
    RUN bundle install
  `;
});

test("what uv installs as pip does", () => {
  reports(rule)`
    FROM python:3.13-slim
    RUN pip install --no-cache-dir uv==0.9.5
    RUN uv pip install --system psycopg2==2.9.10
                                ^^^^^^^^^^^^^^^^ command-not-found: gcc is not in this image, and psycopg2 has no wheel for Linux, so pip compiles it.
    RUN uv sync
  `;
});
