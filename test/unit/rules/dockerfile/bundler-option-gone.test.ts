import { test } from "vitest";
import { bundlerOptionGone as rule } from "../../../../server/src/rules/dockerfile/bundler-option-gone.ts";
import { reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const locked = (version: string) => ({
  context: contextOf({ Gemfile: "", "Gemfile.lock": `GEM\n\nBUNDLED WITH\n   ${version}\n`, "app/a.rb": "" }),
});

test("each option, on Ruby 4", () => {
  reports(rule, locked("4.0.3"))`
    FROM ruby:4.0-slim
    WORKDIR /app
    COPY . .
    RUN bundle install --jobs 4 --deployment --without=test
                                ^^^^^^^^^^^^ bundler-option-gone: Bundler 4, which ruby:4.0-slim brings, has no option --deployment: set BUNDLE_DEPLOYMENT instead.
                                             ^^^^^^^^^^^^^^ bundler-option-gone
    FROM ruby:4.0
    WORKDIR /app
    COPY Gemfile Gemfile.lock ./
    RUN bundle --path vendor/bundle --clean
               ^^^^^^ bundler-option-gone
                                    ^^^^^^^ bundler-option-gone
  `;
});

test("not an older Ruby, another Bundler, other commands, or what is not known", () => {
  reports(rule, locked("4.0.3"))`
    FROM ruby:3.4
    WORKDIR /app
    COPY Gemfile Gemfile.lock ./
    RUN bundle install --without test
    FROM ruby:4.0
    WORKDIR /app
    COPY Gemfile Gemfile.lock ./
    RUN bundle exec rake --path x && bundle config set --local path x && bundle install
    RUN gem install bundler -v 2.7.2 && bundle install --without test
    FROM ruby:4.0
    WORKDIR /app
    COPY Gemfile Gemfile.lock ./
    ENV BUNDLER_VERSION=2.7.2
    RUN bundle install --without test
    FROM example.com/ruby:4.0
    WORKDIR /app
    COPY Gemfile Gemfile.lock ./
    RUN bundle install --without test
  `;
  reports(rule, locked("2.6.9"))`
    FROM ruby:4.0
    WORKDIR /app
    COPY Gemfile Gemfile.lock ./
    RUN bundle install --without test
  `;
  reports(rule)`
    FROM ruby:4.0
    WORKDIR /app
    COPY . .
    RUN bundle install --without test
  `;
});
