import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { mountsOf } from "../../syntax/dockerfile/run-mounts.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script, ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { feederOf } from "../knowledge/shell/script-flow.ts";
import { readOptions } from "../knowledge/shell/shell-options.ts";
import { commandRule } from "../rule.ts";

export const passwordInScript = commandRule({
  id: "password-in-script",
  title: "Password of a user written into a RUN",
  severity: "warning",
  tags: ["security"],
  aliases: ["CKV2_DOCKER_17"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`echo user:password | chpasswd\`, \`echo password | passwd user\`, and \`useradd\` and \`usermod\` with \`-p\`, where the
      password is written down or comes from ENV or ARG. What a secret mount brings does not count.`,
    why: source`
      The password stands in the file and in the history of the image, and it is the same in every container. A service
      needs no password for its user: who may enter the container does so with the engine.`,
    bad: source`
      FROM debian:trixie-slim
      RUN echo 'root:hunter2' | chpasswd
               ^^^^^^^^^^^^^^ password-in-script: This password stays readable in the history of the image.`,
    good: source`
      FROM debian:trixie-slim
      RUN useradd --create-home app
      USER app`,
  },
  programs: ["chpasswd", "passwd", "useradd", "usermod"],

  check({ program, command, script, run, instruction, stage }, report) {
    const words = program.endsWith("passwd") ? fedWords(program, command, script) : givenWords(command);
    const word = words.find((it) => isReadable(it, run, instruction, stage));
    if (word) report(word.span, "This password stays readable in the history of the image.");
  },
});

/** What is piped or redirected into a program that reads passwords. */
function fedWords(program: string, command: Command, script: Script): ShellWord[] {
  const options = command.arguments.map((it) => it.raw);
  // A hash is no password, and /etc/shadow has it anyway.
  if (options.some((it) => /^(-e|--encrypted)$/.test(it))) return [];
  const here = command.redirections.filter((it) => it.operator === "<<<").flatMap((it) => it.target ?? []);
  const left = feederOf(command, script);
  const isPrinted = /^(echo|printf)$/.test(baseName(left?.name?.literal ?? ""));
  const printed = isPrinted ? (left?.arguments ?? []).filter((it) => !/^-[neE]+$/.test(it.raw)) : [];
  return [...here, ...printed].filter((it) => program === "passwd" || /:./.test(it.raw));
}

function givenWords({ arguments: words }: Command): ShellWord[] {
  const { options } = readOptions(
    words,
    "b c d e f g G k K p R s u password comment gid groups home-dir shell uid",
  );
  const option = options.find((it) => it.name === "p" || it.name === "password");
  const value = option?.value?.replaceAll(/["']/g, "") ?? "";
  // `!`, `*` and words that say so lock the account, as no hash is like them; `$6$…` is a hash.
  return option && value !== "" && !/^([!*]|\$\w+\$|\\\$)|^(x|locked|disabled|nologin|none)$/i.test(value)
    ? [option.valueWord ?? option.word]
    : [];
}

/** Does the word hold the password, or a variable that the history tells? */
function isReadable(
  { raw, variables }: ShellWord,
  run: Instruction,
  instruction: Instruction,
  stage: Stage,
): boolean {
  if (/\$\(|`/.test(raw))
    return /openssl\s+passwd|mkpasswd/.test(raw) && !/\/run\/secrets|\$\{?[A-Za-z_]/.test(raw);
  const password = raw.slice(raw.indexOf(":") + 1);
  if (!password.includes("$")) return true;
  const isMounted = mountsOf(run).some((it) => it.type === "secret");
  const state = stage.before(instruction);
  return !isMounted && variables.length > 0 && variables.every((it) => state.isSet(it).is === "yes");
}
