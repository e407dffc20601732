import { baseName } from "../../model/stage/paths.ts";
import { mountsOf, type RunMount } from "../../syntax/dockerfile/run-mounts.ts";
import type { Flag, Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script, ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { secretPath } from "../knowledge/secrets/secret-mounts.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { type Fix, instructionRule } from "../rule.ts";
import { appendCommand } from "../writing/commands/append-command.ts";

export const mountedSecretKept = instructionRule({
  id: "mounted-secret-kept",
  title: "Mounted secret that the RUN writes into its layer",
  severity: "warning",
  tags: ["security"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a RUN of a shipped stage that copies a mounted secret into a file (\`cp\`, \`cat … >\`, \`echo "…$TOKEN" >\`), or hands it
      to a command that keeps it in its configuration (\`npm config set\`, \`git config --global\`, \`composer config\`, \`docker login\` …),
      and does not remove that in the same RUN. Silent for certificates, and for files in other mounts.`,
    why: source`
      A secret mount is there for one RUN and leaves nothing behind. A copy of it stays in the layer, as if it had come by COPY, and
      removing that in a later RUN only hides it. Mount the secret where the tool looks for it (\`target=/root/.npmrc\`), or write the
      variable's name in single quotes where the tool reads variables itself.`,
    bad: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY package*.json ./
      RUN --mount=type=secret,id=npmrc cat /run/secrets/npmrc > .npmrc && npm ci
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-secret-kept: This leaves the mounted secret in .npmrc, in the layer of this RUN.`,
    good: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY package*.json ./
      RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci`,
  },
  instructions: ["RUN"],

  check(run, stage, report) {
    const secrets = mountsOf(run).filter((it) => it.type === "secret" && !isPublic(it.flag));
    if (secrets.length === 0 || run.exec || !isShipped(stage)) return;
    const script = stage.scriptOf(run);
    if (!script?.complete) return;
    const held = secretsHeld(secrets, script);
    for (const command of script.commands) {
      const kept = keptBy(command, script, held);
      if (!kept || isRemovedBehind(kept, command, script)) continue;
      if (kept.path !== undefined && (isPassing(kept.path) || isInMount(kept.path, run))) continue;
      const edit = kept.path === undefined ? undefined : removal(kept.path, script);
      const last = script.commands.findLast((it) => !it.subshell);
      const added = edit !== undefined && last ? appendCommand(edit, last, script, run, stage) : undefined;
      const fixes: readonly Fix[] = added
        ? [{ kind: "unsafe", title: `Remove ${kept.path} in the same RUN`, edits: [added] }]
        : [];
      report(command.span, `This leaves the mounted secret in ${kept.called}, in the layer of this RUN.`, {
        fixes,
      });
      return;
    }
  },
});

/** Certificates of a company's proxy are mounted as secrets for convenience, and meant to stay. */
function isPublic({ value = "" }: Flag): boolean {
  return /(^|[^a-z])(ca|crt|certs?|certificates?|bundle|pub|public)([^a-z]|$)|\.(crt|pub|repo|list|sources)\b/i.test(
    value,
  );
}

/** Where a RUN has its secrets: in files, and in variables of the shell. */
interface Held {
  readonly paths: readonly string[];
  readonly variables: ReadonlySet<string>;
}

function secretsHeld(secrets: readonly RunMount[], script: Script): Held {
  const paths = secrets.flatMap((it) => secretPath(it) || []);
  const variables = new Set(
    secrets.flatMap(({ flag }) => flag.fields.find(({ name }) => name === "env")?.value ?? []),
  );
  for (const { assignments, name, arguments: words } of script.commands) {
    for (const it of assignments)
      if (it.value && printsSecret(it.value, { paths, variables })) variables.add(it.name);
    if (!/^(export|readonly|local|declare)$/.test(name?.literal ?? "")) continue;
    for (const word of words) {
      const [, variable] = /^([A-Za-z_]\w*)=/.exec(word.raw) ?? [];
      if (variable !== undefined && printsSecret(word, { paths, variables })) variables.add(variable);
    }
  }
  return { paths, variables };
}

/** Does a word expand to the text of a secret: `$TOKEN`, `$(cat /run/secrets/token)`? */
function printsSecret({ raw, variables }: ShellWord, held: Held): boolean {
  // `${TOKEN:+…}` and the length say no more than that there is one.
  if (variables.some((it) => held.variables.has(it)) && !/\$\{#|:?\+/.test(raw)) return true;
  return held.paths.some((path) =>
    SUBSTITUTIONS.some(([before, after]) => raw.includes(`${before}${path}${after}`)),
  );
}

const SUBSTITUTIONS = ["$(cat |)", "$(< |)", "$(<|)", "`cat |`", '$(cat "|")'].map(
  (it) => it.split("|") as [string, string],
);

interface Kept {
  /** As the message names it. */
  readonly called: string;
  /** As it is written; undefined for the configuration of a program. */
  readonly path?: string;
}

/** What a command leaves a secret in. */
function keptBy(command: Command, script: Script, held: Held): Kept | undefined {
  const { name, arguments: words, redirections } = command;
  const program = name?.literal ?? "";
  const isSecret = (it: ShellWord | undefined) =>
    it?.literal !== undefined && held.paths.includes(it.literal);
  if (program === "cp" || program === "install") {
    const operands = words.filter((it) => !it.raw.startsWith("-"));
    const target = operands.at(-1);
    return operands.length > 1 && operands.slice(0, -1).some(isSecret) && target
      ? fileKept(target)
      : undefined;
  }
  const reads =
    (/^(cat|base64|tr|envsubst)$/.test(program) && words.some(isSecret)) ||
    redirections.some(
      (it) => it.operator === "<" && isSecret(it.target) && /^(cat|base64|tr|tee|envsubst)$/.test(program),
    ) ||
    (/^(echo|printf)$/.test(program) && words.some((it) => printsSecret(it, held)));
  if (reads) {
    const { target } = redirections.find((it) => /^>{1,2}\|?$/.test(it.operator)) ?? {};
    if (target) return fileKept(target);
    const next = program === "tee" ? command : script.commands[script.commands.indexOf(command) + 1];
    if (next?.name?.literal !== "tee" || (next !== command && next.after !== "|")) return undefined;
    const to = next.arguments.find((it) => !it.raw.startsWith("-"));
    return to && fileKept(to);
  }
  const configured = CONFIGURING.find((it) => it.programs.test(program));
  if (!configured || !words.some((it) => printsSecret(it, held))) return undefined;
  if (words.some((it) => TAKING_AWAY.test(it.raw))) return undefined;
  const line = words.map((it) => it.raw).join(" ");
  return configured.words.test(line) ? { called: configured.called } : undefined;
}

function fileKept({ literal, raw }: ShellWord): Kept | undefined {
  const path =
    literal ?? (/^("?)(~|\$HOME|\$\{HOME\})\/[\w./-]+\1$/.test(raw) ? raw.replaceAll('"', "") : undefined);
  return path === undefined || path.startsWith("&") ? undefined : { called: path, path };
}

/**
 * Programs that write what they are given into a file of theirs (npm, pnpm, Yarn, git, pip, Poetry, Composer, Bundler, NuGet, AWS, Hugging Face
 * and Cargo, by their documentation; read 2026-11).
 */
const CONFIGURING: readonly { readonly programs: RegExp; readonly words: RegExp; readonly called: string }[] =
  [
    {
      programs: /^(npm|pnpm)$/,
      words: /^(config|c) set .*_auth|^set .*_auth/,
      called: "npm's configuration",
    },
    { programs: /^yarn$/, words: /^config set .*(npmAuth|_auth)/, called: "Yarn's configuration" },
    { programs: /^git$/, words: /^config (--(global|system|add) )+/, called: "git's configuration" },
    { programs: /^pip3?$/, words: /^config (-\S+ )*set /, called: "pip's configuration" },
    { programs: /^poetry$/, words: /^config .*(http-basic|pypi-token)/, called: "Poetry's configuration" },
    {
      programs: /^composer$/,
      words: /^config .*(http-basic|github-oauth|gitlab-token|bearer)/,
      called: "Composer's auth.json",
    },
    { programs: /^bundle$/, words: /^config /, called: "Bundler's configuration" },
    { programs: /^dotnet$/, words: /^nuget (add|update) source /, called: "NuGet.Config" },
    { programs: /^aws$/, words: /^configure set .*aws_/, called: "~/.aws" },
    { programs: /^(huggingface-cli|hf)$/, words: /^(auth )?login /, called: "the cache of Hugging Face" },
    { programs: /^cargo$/, words: /^login /, called: "Cargo's credentials" },
    {
      programs: /^(docker|podman|helm|crane|oras)$/,
      words: /^(registry )?login /,
      called: "the logins of registries",
    },
  ];

const TAKING_AWAY = /^-*(unset(-all)?|delete|remove(-section)?|rm|logout)$/;

/** By a command that may mean it. */
function isRemovedBehind({ path }: Kept, command: Command, { commands }: Script): boolean {
  const program = command.name?.literal;
  const name = baseName(path ?? "");
  const folder = path?.includes("/") ? path.replace(/\/[^/]*$/, "") : undefined;
  return commands.some((it, at) => {
    const { arguments: words } = it;
    const called = it.name?.literal ?? "";
    // What is said in `trap` comes at the end, wherever it stands.
    if (called === "trap") return true;
    if (at <= commands.indexOf(command)) return false;
    if (/^(rm|unlink|shred|mv|truncate|find|sed|xargs)$/.test(called)) {
      if (path === undefined) return true;
      return words.some(({ raw, literal }) => {
        const isOpen = literal === undefined && !/^(~|"?\$\{?HOME)/.test(raw);
        return isOpen || raw.includes(name) || folder?.endsWith(baseName(raw.replace(/\/\*?$/, "")));
      });
    }
    if (called === program && path === undefined) return words.some((word) => TAKING_AWAY.test(word.raw));
    return !path ? false : called === "" || called === "eval";
  });
}

/** A file of the system's, which no layer has. */
function isPassing(path: string): boolean {
  return /^\/(dev|proc|sys)\//.test(path) || /\.(crt|pub)$/.test(path);
}

/** In a mount, or below the user's home while that may be one. */
function isInMount(path: string, run: Instruction): boolean {
  const isHome = /^(~|\$)/.test(path);
  return mountsOf(run).some((mount) => {
    const target = mount.target?.value?.replace(/\/$/, "");
    if (target === undefined) return false;
    if (mount.flag.value?.includes("$")) return true;
    if (!path.startsWith("/") && !isHome) return false;
    return isHome ? /^\/(root|home\/[^/]+)$/.test(target) : path === target || path.startsWith(`${target}/`);
  });
}

function removal(path: string, { commands }: Script): string | undefined {
  const isMoved = commands.some((it) => it.name?.literal === "cd");
  return /^[\w./~-]+$/.test(path) && !path.endsWith("/") && !(isMoved && !/^[/~]/.test(path))
    ? `rm ${path}`
    : undefined;
}
