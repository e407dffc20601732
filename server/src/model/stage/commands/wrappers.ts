import { type CommandFamily, optionSet, readWords } from "./command-family.ts";
import { runInstaller } from "./installers.ts";

/** Programs that run the words behind their options as a command. */
export const wrapper: CommandFamily = {
  programs:
    "sudo doas exec command builtin time nice nohup ionice stdbuf eatmydata setarch unbuffer tini dumb-init gosu su-exec timeout".split(
      " ",
    ),
  run(call, changes) {
    // `command -v x` only says what would run.
    if (call.program === "command" && /^-\w*[vV]/.test(call.words[0] ?? "")) return;
    const valued = VALUED[call.program] ?? NONE;
    let at = 0;
    for (; at < call.words.length; at++) {
      const word = call.words[at];
      if (word === undefined || !word.startsWith("-")) break;
      if (valued.has(word)) at++;
    }
    // `gosu app command`, `timeout 5 command`
    if (OPERAND_FIRST.has(call.program)) at++;
    if (at >= call.words.length) return;
    call.runWords(at, changes);
    if (SWITCHES_USER.has(call.program)) changes.mayChangeOwners("/");
  },
};

/** What is written by another user than the RUN's is not followed. */
const SWITCHES_USER: ReadonlySet<string> = new Set(["sudo", "doas", "gosu", "su-exec", "su", "runuser"]);
const NONE: ReadonlySet<string> = new Set();
const VALUED: Readonly<Record<string, ReadonlySet<string>>> = {
  sudo: optionSet("-u -g -h -p -C -U"),
  nice: optionSet("-n"),
  ionice: optionSet("-c -n"),
  stdbuf: optionSet("-i -o -e"),
  timeout: optionSet("-k -s"),
};
const OPERAND_FIRST: ReadonlySet<string> = new Set(["gosu", "su-exec", "timeout"]);

/** `env A=b command`; alone it prints. What it assigns is not seen by the command here. */
export const env: CommandFamily = {
  programs: ["env"],
  run(call, changes) {
    const at = call.words.findIndex((it) => it === undefined || !/^(-\w*|--[\w-]+|\w+=.*)$/.test(it));
    if (at >= 0) call.runWords(at, changes);
  },
};

/** `sh -c 'script'`. A script's file, or one that is piped in, may hold anything. */
export const shellCommand: CommandFamily = {
  programs: ["sh", "bash", "ash", "dash", "su", "runuser"],
  run(call, changes) {
    const at = call.words.findIndex((it) => it !== undefined && /^-[a-z]*c$/.test(it));
    if (at >= 0) call.runText(at + 1, changes);
    else if (takesInput(call.words) && runInstaller(call, changes)) return;
    else if (call.words.length > 0 || call.program === "sh" || call.program === "bash")
      changes.mayDoAnything();
    if (SWITCHES_USER.has(call.program)) changes.mayChangeOwners("/");
  },
};

/** Is its script what is piped in? `sh`, `bash -`, `sh -s -- -y`. */
function takesInput(words: readonly (string | undefined)[]): boolean {
  const [first] = words;
  return first === undefined ? words.length === 0 : words.length === 1 ? first === "-" : first === "-s";
}

const XARGS_OPTIONS = optionSet("-n -P -I -L -d -a -E -s");

/** The command is run with words that nobody knows, so only programs that change nothing are safe. */
export const xargs: CommandFamily = {
  programs: ["xargs"],
  run(call, changes) {
    const { operands } = readWords(call.words, XARGS_OPTIONS);
    const [program] = operands;
    if (program === undefined && operands.length === 0) return;
    if (program !== undefined && READING.has(program)) return;
    if (program === "chown") changes.mayChangeOwners("/");
    if (program === "rm" || program === "chmod" || program === "chown") return;
    changes.mayDoAnything();
  },
};

const READING: ReadonlySet<string> = new Set([
  "grep",
  "echo",
  "cat",
  "ls",
  "wc",
  "sha256sum",
  "basename",
  "dirname",
  "strip",
]);
