import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { mountsOf } from "../../syntax/dockerfile/run-mounts.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script, ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { feederOf } from "../knowledge/shell/script-flow.ts";
import { readOptions } from "../knowledge/shell/shell-options.ts";
import { commandRule } from "../rule.ts";

const PROGRAMS: readonly string[] = ["chpasswd", "passwd", "useradd", "usermod"];

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
  programs: [...PROGRAMS, "sudo"],

  check({ program, command, script, run, instruction, stage }, report) {
    const called = program === "sudo" ? behindSudo(command) : { program, words: command.arguments };
    if (!called) return;
    const isFed = called.program.endsWith("passwd");
    const words = isFed ? fedWords(called, command, script) : givenWords(called.words);
    const word = words.find((it) => isReadable(it, run, instruction, stage));
    const span =
      word?.span ?? (called.program === "chpasswd" ? writtenBelow(called, command, run) : undefined);
    if (span) report(span, "This password stays readable in the history of the image.");
  },
});

interface Called {
  readonly program: string;
  readonly words: readonly ShellWord[];
}

function behindSudo({ arguments: words }: Command): Called | undefined {
  const at = words.findIndex((it) => !it.raw.startsWith("-"));
  const program = baseName(words[at]?.literal ?? "");
  return PROGRAMS.includes(program) ? { program, words: words.slice(at + 1) } : undefined;
}

/** The first password in the here-document that chpasswd reads. */
function writtenBelow(
  { words }: Called,
  { redirections }: Command,
  { hereDocuments }: Instruction,
): Span | undefined {
  const [document, second] = hereDocuments;
  const isRead = redirections.some((it) => it.operator.startsWith("<<") && it.operator !== "<<<");
  if (!document || second || !isRead || isOfHashes(words)) return undefined;
  const [line, password = ""] = /^[ \t]*[\w.-]+:([^\s$`]+)[ \t]*$/m.exec(document.text.text) ?? [];
  if (line === undefined) return undefined;
  const end = document.text.text.indexOf(line) + line.trimEnd().length;
  return document.text.spanOf(end - password.length, end);
}

/** A hash is no password, and /etc/shadow has it anyway. */
function isOfHashes(words: readonly ShellWord[]): boolean {
  return words.some((it) => /^(-e|--encrypted)$/.test(it.raw));
}

/** What is piped or redirected into a program that reads passwords. */
function fedWords({ program, words }: Called, command: Command, script: Script): ShellWord[] {
  if (isOfHashes(words)) return [];
  const here = command.redirections.filter((it) => it.operator === "<<<").flatMap((it) => it.target ?? []);
  const left = feederOf(command, script);
  const isPrinted = /^(echo|printf)$/.test(baseName(left?.name?.literal ?? ""));
  const printed = isPrinted ? (left?.arguments ?? []).filter((it) => !/^-[neE]+$/.test(it.raw)) : [];
  return [...here, ...printed].filter((it) => program === "passwd" || /:./.test(it.raw));
}

function givenWords(words: readonly ShellWord[]): ShellWord[] {
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
