import { joinPath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { notedAlongChain } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { literally } from "../../text/literally.ts";
import { source } from "../../text/source.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { stageRule } from "../rule.ts";

export const gemNotInBundle = stageRule({
  id: "gem-not-in-bundle",
  title: "Gem that bundle exec does not find",
  severity: "error",
  tags: ["build", "run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`bundle exec\` of Puma, Unicorn, Sidekiq, Rails, RSpec, Jekyll and other well-known programs in RUN, CMD and ENTRYPOINT, where the
      Gemfile.lock that is copied from the build context has no such gem and the Gemfile beside it does not name it.`,
    why: source`
      Inside a bundle only its own gems are there: "bundler: command not found: puma", or "puma is not part of the bundle". Add it to the Gemfile.`,
    context: {
      Gemfile: 'source "https://rubygems.org"\ngem "sinatra"\n',
      "Gemfile.lock": "GEM\n  specs:\n    rack (3.2.1)\n    sinatra (4.2.0)\n",
      "config.ru": "",
    },
    bad: source`
      FROM ruby:3.4
      WORKDIR /app
      COPY Gemfile Gemfile.lock ./
      RUN bundle install
      COPY . .
      CMD ["bundle", "exec", "puma"]
                             ^^^^^^ gem-not-in-bundle: Gemfile.lock has no puma, so that bundle exec does not find it.`,
    good: source`
      FROM ruby:3.4
      WORKDIR /app
      COPY Gemfile Gemfile.lock ./
      RUN bundle install
      COPY . .
      CMD ["bundle", "exec", "ruby", "app.rb"]`,
  },

  check(stage, report) {
    for (const instruction of stage.instructions) {
      const isStart = instruction.name === "CMD" || instruction.name === "ENTRYPOINT";
      if (instruction.name !== "RUN" && !(isStart && stage.isFinal)) continue;
      const script = stage.commandsOf(instruction);
      if (!script?.complete) continue;
      for (const command of script.commands) {
        const [verb, word] = command.arguments;
        if (command.name?.literal !== "bundle" || verb?.literal !== "exec" || !word?.literal) continue;
        const gem = GEMS.get(word.literal);
        if (gem === undefined || !isLeftOut(gem, instruction, stage)) continue;
        const failure = failureOf(command, script, instruction, stage);
        if (failure === "allowed") continue;
        report(word.span, `Gemfile.lock has no ${gem}, so that bundle exec does not find it.`, {
          severity: failure === "stops" ? "error" : "warning",
        });
      }
    }
  },
});

/** Programs and the gems that bring them (rubygems.org, as generally known, 2026-11). */
const GEMS: ReadonlyMap<string, string> = new Map([
  ..."puma unicorn sidekiq thin falcon jekyll rubocop resque clockwork foreman nanoc brakeman"
    .split(" ")
    .map((it) => [it, it] as const),
  ["rails", "railties"],
  ["rspec", "rspec-core"],
  ["cap", "capistrano"],
  ["middleman", "middleman-cli"],
]);

/** Is it neither locked nor asked for, by files that came from the build context as they are? */
function isLeftOut(gem: string, instruction: Instruction, stage: Stage): boolean {
  const state = stage.before(instruction);
  if (!state.workdir.known || state.isSet("BUNDLE_GEMFILE").is === "yes" || changesBundle(stage))
    return false;
  const folder = state.workdir.value;
  const before = instruction.name === "RUN" ? instruction : undefined;
  const [lock, gemfile] = ["Gemfile.lock", "Gemfile"].map(
    (it) => originOf(joinPath(folder, it), stage, before)?.text,
  );
  if (lock === undefined || gemfile === undefined || !/^GEM\r?\n/m.test(lock)) return false;
  // The Gemfile may read others, and the lock file be made anew by what those say.
  if (/\b(?:eval_gemfile|eval|gemspec|instance_eval|Dir|File)\b/.test(gemfile)) return false;
  const isLocked = new RegExp(`^ {4}${literally(gem)} \\(`, "m").test(lock);
  return !isLocked && !new RegExp(`["']${literally(gem)}["']`).test(gemfile) && !isPartOf(gem, gemfile, lock);
}

/** One word of a Gemfile that changes, or of another one, is enough to be silent. */
const changesBundle = notedAlongChain<boolean>(
  (stage, below) => below === true || stage.instructions.some((it) => says(CHANGES, it)),
);

const CHANGES =
  /bundle["',\s]+(?:add|update|lock|remove|inject|init)\b|BUNDLE_GEMFILE|--gemfile|>>\s*Gemfile/;

/** Rails comes with its parts, Middleman with its own. */
function isPartOf(gem: string, gemfile: string, lock: string): boolean {
  const whole = gem === "railties" ? "rails" : gem === "rspec-core" ? "rspec" : gem.replace(/-cli$/, "");
  return whole !== gem && (gemfile.includes(whole) || lock.includes(`${whole} (`));
}
