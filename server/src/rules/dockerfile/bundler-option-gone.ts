import { baseBelow } from "../../model/stage/base-image.ts";
import { joinPath } from "../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { source } from "../../text/source.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import { readOptions } from "../knowledge/shell/shell-options.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { programsIn } from "../presence.ts";
import { type CommandCall, commandRule } from "../rule.ts";

export const bundlerOptionGone = commandRule({
  id: "bundler-option-gone",
  title: "Option of bundle install that Bundler 4 no longer has",
  severity: "error",
  tags: ["build"],
  aliases: ["deprecated-bundler-install-flags"],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`bundle install\` with \`--deployment\`, \`--without\`, \`--path\` or \`--clean\` on the official image of Ruby 4 or
      newer, where the lock file is known and names no older Bundler, which would take over.`,
    why: source`
      Bundler 4, which comes with Ruby 4, ends at these options: it does not remember them from one call to the next any more.
      BUNDLE_DEPLOYMENT, BUNDLE_WITHOUT, BUNDLE_PATH and BUNDLE_CLEAN do the same, and so does \`bundle config set\`.`,
    context: { Gemfile: "", "Gemfile.lock": "GEM\n\nBUNDLED WITH\n  4.0.3\n" },
    bad: source`
      FROM ruby:4.0
      WORKDIR /app
      COPY Gemfile Gemfile.lock ./
      RUN bundle install --without development
                         ^^^^^^^^^ bundler-option-gone: Bundler 4, which ruby:4.0 brings, has no option --without: set BUNDLE_WITHOUT instead.`,
    good: source`
      FROM ruby:4.0
      WORKDIR /app
      COPY Gemfile Gemfile.lock ./
      ENV BUNDLE_WITHOUT=development
      RUN bundle install`,
  },
  programs: ["bundle"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    if (instruction.name !== "RUN" || script.functions.includes("bundle")) return;
    const { options, operands } = readOptions(command.arguments, "without with path gemfile jobs retry j");
    const gone = options.filter((it) => GONE.has(it.name) && it.word.raw.startsWith("--"));
    if (gone.length === 0 || (operands[0]?.literal ?? "install") !== "install") return;
    const image = imageWithBundler4(stage);
    if (image === undefined || mayBeOther(call)) return;
    const isCertain = failsRun(command, script, run, stage);
    for (const { name, word } of gone)
      report(
        word.span,
        `Bundler 4, which ${image} brings, has no option --${name}: set BUNDLE_${name.toUpperCase()} instead.`,
        isCertain ? {} : { severity: "warning" },
      );
  },
});

/** As reported for Ruby 4's image in docker-library/official-images#20310 and hitobito/hitobito#4107; read 2026-11. */
const GONE: ReadonlySet<string> = new Set(["deployment", "without", "path", "clean"]);

/** The image at the bottom, where it is Ruby's own of a version that comes with Bundler 4. */
function imageWithBundler4(stage: Stage): string | undefined {
  const base = baseBelow(stage);
  if (base.kind !== "image" || base.image.name !== "ruby") return undefined;
  const [, major] = /^(\d+)(?:[.-]|$)/.exec(base.image.tag ?? "") ?? [];
  return Number(major) >= 4 ? base.image.text : undefined;
}

/** Does something bring another Bundler, or may the lock file name one? Bundler goes on as the version that it names. */
function mayBeOther({ stage, instruction, script }: CommandCall): boolean {
  if (programsIn(script).some((it) => it === "gem" || it === "cd")) return true;
  for (const it of stagesDownFrom(stage)) if (namesBundler(it)) return true;
  const state = stage.before(instruction);
  if (!state.workdir.known) return true;
  const path = joinPath(state.workdir.value, "Gemfile.lock");
  if (state.hasPath(path).is === "no") return false;
  const [, major] =
    /^BUNDLED WITH\r?\n\s+(\d+)\./m.exec(originOf(path, stage, instruction)?.text ?? "") ?? [];
  return !(Number(major) >= 4);
}

/** By a variable, or by a gem that is installed. */
const namesBundler = notedOnStage((stage: Stage): boolean =>
  stage.instructions.some((it) => {
    if (it.pairs.some(({ name }) => /^BUNDLER?_VERSION$/.test(name.raw))) return true;
    const script = it.name === "RUN" ? stage.commandsOf(it) : undefined;
    return script !== undefined && programsIn(script).includes("gem");
  }),
);
