import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { mountsOf } from "../../syntax/dockerfile/run-mounts.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { mayFail } from "../knowledge/stages/build-failure.ts";
import { commandRule, type Fix } from "../rule.ts";

export const assetsWithoutSecretKey = commandRule({
  id: "assets-without-secret-key",
  title: "Rails assets precompiled without a secret key",
  severity: "warning",
  tags: ["build", "security"],
  aliases: ["asset-precompile-without-dummy-key"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`assets:precompile\` in production in a project of Rails 7.1 or later, where neither the build nor a file of the
      project gives it \`SECRET_KEY_BASE\` or the master key. Silent where the build context cannot be seen.`,
    why: source`
      Rails refuses to start in production without a key, and the build ends. A real key as ARG or ENV would stay in the
      image; \`SECRET_KEY_BASE_DUMMY=1\` makes one up for this command, and nothing of it is kept.`,
    context: { Gemfile: 'gem "rails"', "Gemfile.lock": "GEM\n  specs:\n    rails (8.0.2)\n" },
    bad: source`
      FROM ruby:3.4-slim
      WORKDIR /rails
      ENV RAILS_ENV=production
      COPY . .
      RUN bundle install
      RUN bin/rails assets:precompile
          ^^^^^^^^^ assets-without-secret-key: Rails needs a secret key for this in production, and the build has none.`,
    good: source`
      FROM ruby:3.4-slim
      WORKDIR /rails
      ENV RAILS_ENV=production
      COPY . .
      RUN bundle install
      RUN SECRET_KEY_BASE_DUMMY=1 bin/rails assets:precompile`,
  },
  programs: ["rails", "rake", "bundle"],

  check({ command, run, instruction, stage }, report) {
    const words = command.arguments.map((it) => it.literal ?? it.raw);
    if (!words.includes("assets:precompile") || !isRails(command, words)) return;
    if (mayFail(command) || command.conditional || mountsOf(run).some((it) => it.type === "secret")) return;
    if (!inProduction(command, instruction, stage) || mayHaveKey(command, instruction, stage)) return;
    const span = command.name?.span ?? command.span;
    const fixes: Fix[] = run.exec
      ? []
      : [
          {
            kind: "unsafe",
            title: "Let Rails make up a key",
            edits: [insert(span.start, "SECRET_KEY_BASE_DUMMY=1 ")],
          },
        ];
    report(span, "Rails needs a secret key for this in production, and the build has none.", { fixes });
  },
});

/** `bin/rails …`, `rake …`, `bundle exec rails …`. */
function isRails({ name }: Command, words: readonly string[]): boolean {
  if (baseName(name?.literal ?? "") !== "bundle") return true;
  return words[0] === "exec" && /^(.*\/)?(rails|rake)$/.test(words[1] ?? "");
}

function inProduction({ assignments }: Command, instruction: Instruction, stage: Stage): boolean {
  const own = assignments.find((it) => it.name === "RAILS_ENV");
  if (own) return own.value?.literal === "production";
  const value = stage.before(instruction).variable("RAILS_ENV");
  return value.known && value.value === "production";
}

const KEYS = ["SECRET_KEY_BASE", "SECRET_KEY_BASE_DUMMY", "RAILS_MASTER_KEY"];

function mayHaveKey({ assignments }: Command, instruction: Instruction, stage: Stage): boolean {
  const state = stage.before(instruction);
  if (assignments.some((it) => KEYS.includes(it.name))) return true;
  if (KEYS.some((it) => state.isSet(it).is === "yes")) return true;
  const { context } = stage.model.inputs;
  const locked = /^ {4}rails \((\d+)\.(\d+)/m.exec(context?.read("Gemfile.lock") ?? "");
  if (!context || !locked) return true;
  const [major, minor] = [Number(locked[1]), Number(locked[2])];
  // The variable for a key that is made up came with 7.1.
  if (major < 7 || (major === 7 && minor < 1)) return true;
  if (KEY_FILES.some((it) => context.exists(it) !== "absent" && context.isIgnored(it).is !== "yes"))
    return true;
  return PLACES.some(
    (it) =>
      context.isIgnored(it).is !== "yes" &&
      context.read(it)?.includes(it === ".env" ? "SECRET_KEY_BASE" : "secret_key_base"),
  );
}

/** The keys of encrypted credentials, one for all environments and one for this. */
const KEY_FILES = ["config/master.key", "config/credentials/production.key"];

/** Where a project may give the key itself. */
const PLACES = [
  "config/application.rb",
  "config/environments/production.rb",
  "config/secrets.yml",
  "config/initializers/secret_token.rb",
  ".env",
];
