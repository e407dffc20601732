import { test } from "vitest";
import { gemNotInBundle as rule } from "../../../../server/src/rules/dockerfile/gem-not-in-bundle.ts";
import { expectProblems, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const LOCK = "GEM\n  specs:\n    rack (3.2.1)\n    sinatra (4.2.0)\n      rack (>= 3)\n";
const bundle = (gemfile: string, lock = LOCK) => ({
  context: contextOf({ Gemfile: gemfile, "Gemfile.lock": lock, "config.ru": "" }),
});
const START = "FROM ruby:3.4\nWORKDIR /app\nCOPY . .\n";

test("in RUN and in what starts the container", () => {
  reports(rule, bundle('gem "sinatra"\n'))`
    FROM ruby:3.4
    WORKDIR /app
    COPY Gemfile Gemfile.lock ./
    RUN bundle install && bundle exec rspec
                                      ^^^^^ gem-not-in-bundle: Gemfile.lock has no rspec-core, so that bundle exec does not find it.
    COPY . .
    CMD bundle exec puma -C config/puma.rb
                    ^^^^ gem-not-in-bundle: Gemfile.lock has no puma, so that bundle exec does not find it.
  `;
});

test.each([
  ["it is locked", 'gem "sinatra"\n', `${LOCK}    puma (7.0.3)\n`, ""],
  ["it will be locked", "gem 'puma'\n", LOCK, ""],
  ["another file may name it", 'eval_gemfile "other"\n', LOCK, ""],
  ["the lock file is made anew", 'gem "sinatra"\n', LOCK, "RUN bundle add puma\n"],
  ["the bundle is another one", 'gem "sinatra"\n', LOCK, "ENV BUNDLE_GEMFILE=/srv/Gemfile\n"],
  ["it is in another folder", 'gem "sinatra"\n', LOCK, "WORKDIR /srv\n"],
])("not where %s", (_, gemfile, lock, more) => {
  expectProblems(rule, `${START}${more}CMD ["bundle", "exec", "puma"]\n`, bundle(gemfile, lock));
});

test("not what the image may have without a gem of its name", () => {
  for (const command of ["ruby app.rb", "rackup", "rails server", "./start"])
    expectProblems(
      rule,
      `${START}CMD bundle exec ${command}\n`,
      bundle('gem "rails"\n', `${LOCK}    rails (8.1.0)\n`),
    );
});
