import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { mountsOf } from "../../syntax/dockerfile/run-mounts.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import { source } from "../../text/source.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { factsBelow } from "../knowledge/users/user-ids.ts";
import { type CommandCall, commandRule } from "../rule.ts";

export const gitOverSshWithoutKey = commandRule({
  id: "git-over-ssh-without-key",
  title: "Repository over SSH that the build has no key for",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`git clone git@host:…\` and \`ssh://…\`, and the same behind \`pip install git+ssh://\`, \`npm install git+ssh://\` and the
      like, in a RUN without a mount, where nothing in the file speaks of SSH keys, known hosts or another address. Silent for images
      that are not known.`,
    why: source`
      A build has neither the keys nor the known hosts of whoever starts it: it ends with "Host key verification failed" or "Permission
      denied (publickey)". \`RUN --mount=type=ssh\` lends the agent of \`docker build --ssh default\`, and \`ssh-keyscan\` says who
      the host is; public repositories need neither over \`https://\`.`,
    bad: source`
      FROM golang:1.27
      RUN git clone --depth 1 git@github.com:example/tools.git /tools
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ git-over-ssh-without-key: Nothing gives this RUN a key for SSH, nor says who the host is.`,
    good: source`
      FROM golang:1.27
      RUN git clone --depth 1 https://github.com/example/tools.git /tools`,
  },
  programs: ["git", "pip", "pip3", "npm", "yarn", "pnpm", "uv", "cargo", "bundle", "gem"],

  check(call, report) {
    const { program, command, script, run, instruction, stage } = call;
    if (instruction.name !== "RUN" || !script.complete || mayFail(command)) return;
    const pattern = program === "git" ? ADDRESS : PACKAGE;
    const word = command.arguments.find((it) => pattern.test(it.literal ?? ""));
    if (!word || mountsOf(run).some((it) => it.type !== "cache") || !factsBelow(stage)) return;
    if (program === "git" && !FETCHING.has(command.arguments[0]?.literal ?? "")) return;
    if (speaksOfKeys(call)) return;
    report(word.span, "Nothing gives this RUN a key for SSH, nor says who the host is.", {
      severity: failsRun(command, script, run, stage) ? "error" : "warning",
    });
  },
});

const FETCHING: ReadonlySet<string> = new Set(["clone", "fetch", "pull", "ls-remote"]);

/** As Git takes it: `user@host:path` or a scheme. */
const ADDRESS = /^(?:ssh:\/\/|git\+ssh:\/\/|[\w.-]+@[\w.-]+:(?!\/\/))/;

const PACKAGE = /(?:^|@\s*|=)git\+ssh:\/\//;

/** Also what is copied or downloaded may bring keys, if its name says so. */
function speaksOfKeys({ run, stage }: Pick<CommandCall, "run" | "stage">): boolean {
  for (const { instructions } of stagesDownFrom(stage))
    for (const it of instructions) if (it.span.start <= run.span.start && says(KEYS, it)) return true;
  return false;
}

const KEYS =
  /\.ssh\b|ssh[-_](?!\/)|\bid_\w+|known_hosts|GIT_SSH|sshCommand|insteadOf|StrictHostKey|\.gitconfig|\.netrc|\bsshd?\b(?!:\/\/)|\.pem\b|_key\b|private|\bbash\b.*\.sh|\/root\b/i;
