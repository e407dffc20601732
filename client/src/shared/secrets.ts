import { withoutPasswordOptions, wordWithoutPassword } from "./password-options.ts";

/** What stands for a value that is not shown. */
export const hidden = "•••";

/** Values of such names are asked for and handed on, and never kept. */
export function looksSecret(name: string): boolean {
  return /(^|[_-])(pass|pw|salt|creds?)($|[_-])|[_-]pwd($|[_-])|(^|[_-])jwt$|[_-]private$|passw(or)?d|pass(phrase|code)|secret|token|(api|app|private|encryption|fernet|signing)[_-]?key|credential/i.test(
    name,
  );
}

/** Whether the value beside a name is a secret itself. `DB_PASSWORD_FILE` says where one is. */
export function namesValue(name: string): boolean {
  return looksSecret(name) && !/[_-]file$/i.test(name);
}

/** As `namesValue`, for options of programs: also `--pass`, and `--requirepass` of Redis. */
export function isSecretOption(name: string): boolean {
  return namesValue(name) || /pass$/i.test(name);
}

/** `NAME=value` of a variable whose value is nobody's business: by its name, a password in a URL, or a token by its form. */
export function isSecretVariable(variable: string): boolean {
  const at = variable.indexOf("=");
  const name = at < 0 ? variable : variable.slice(0, at);
  return namesValue(name) || (at >= 0 && secretsIn(variable.slice(at + 1)).length > 0);
}

/** Whether the value of a build argument or a label is a secret: by its name, or by itself. */
export function isSecretPair(name: string, value: string): boolean {
  return looksSecret(name) || secretsIn(value).length > 0;
}

/** Passwords in the addresses of a text, as they stand there and decoded, and tokens that their form tells. */
export function secretsIn(text: string): readonly string[] {
  const passwords = addressPasswords.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((it) => [it[2] ?? "", decoded(it[2] ?? "")]),
  );
  return [...new Set([...passwords, ...(text.match(tokens) ?? [])])].filter((it) => it !== hidden);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `scheme://user:password@`. The second is for passwords with a `/`, where no port can be meant. */
const addressPasswords = [
  /([a-z][\w+.-]{0,30}:\/\/[^\s:@/[]*:)([^\s/]+)(?=@)/gi,
  /([a-z][\w+.-]{0,30}:\/\/[^\s:@/[]*:)(?!\d{1,5}(?:[/?#]|$))([^\s@"'/]*\/[^\s@"']{0,200})(?=@)/gi,
];

/**
 * Tokens by the form that who gives them out documents, and private keys (GitHub, GitLab, npm, Slack, AWS, Stripe, PyPI, Docker Hub,
 * Google, JWT; Hugging Face, OpenAI, Anthropic, SendGrid, DigitalOcean, Shopify, Grafana, Vault, HCP Terraform, RubyGems, Pulumi, Groq,
 * Doppler, Sentry, Atlassian, Artifactory, Linear, age, webhooks of Slack and Discord, Telegram, Azure's account keys; forms as gitleaks
 * has them; read 2026-11).
 */
const tokens = new RegExp(
  `(?<![\\w-])(?:${[
    "gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\\w{20,}|gl(?:pat|dt|rt|ptt)-[\\w-]{16,}|npm_[A-Za-z0-9]{30,}",
    "xox[abeprs]-[\\w-]{10,}|xapp-\\d-[\\w-]{20,}|(?:AKIA|ASIA)[A-Z0-9]{16}|[rs]k_live_\\w{16,}|pypi-AgE[\\w-]{20,}",
    "dckr_[po]at_[\\w-]{16,}|AIza[\\w-]{35}|GOCSPX-[\\w-]{28}|eyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.[\\w-]+",
    "hf_[A-Za-z0-9]{34}|sk-ant-(?:api|admin)\\d\\d-[\\w-]{40,}|sk-(?:proj|svcacct|admin)-[\\w-]{40,}",
    "sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|gsk_[A-Za-z0-9]{48,}|SG\\.[\\w-]{22}\\.[\\w-]{43}|dop_v1_[0-9a-f]{64}",
    "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}|glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}|hvs\\.[\\w-]{24,}|rubygems_[0-9a-f]{48}",
    "pul-[0-9a-f]{40}|dp\\.(?:pt|st|ct|sa)\\.[\\w.-]{40,}|sntry[su]_[\\w=-]{40,}|ATATT3[\\w=-]{50,}|AKCp[A-Za-z0-9]{50,}",
    "lin_api_[A-Za-z0-9]{40}|AGE-SECRET-KEY-1[A-Z0-9]{58}|[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{60,}",
    "\\d{8,10}:AA[\\w-]{33}(?![\\w-])|https://hooks\\.slack\\.com/services/T\\w{6,}/B\\w{6,}/\\w{16,}",
    "https://discord(?:app)?\\.com/api/webhooks/\\d{17,20}/[\\w-]{60,}",
    "AccountKey=[A-Za-z0-9+/]{86}==|SharedAccessKey=[A-Za-z0-9+/]{43}=",
  ].join("|")})|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:[^-]|-(?!----))+-----END`,
  "g",
);

/** Where the first token that its form tells stands in a text; not the ones of documentation, which say so. */
export function tokenIn(text: string): { readonly start: number; readonly end: number } | undefined {
  // Most texts hold none, and going through the matches costs more than the look.
  if (text.search(tokens) < 0) return undefined;
  for (const { 0: token, index } of text.matchAll(tokens))
    if (!/EXAMPLE|x{8}|X{8}|0{8}/.test(token) && !ofEmulators.test(token))
      return { start: index, end: index + token.length };
  return undefined;
}

/** Keys that Microsoft publishes for Azurite and the emulator of Cosmos DB, the same everywhere. */
const ofEmulators = /^AccountKey=(?:Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1|C2y6yDjf5)/;

/** `NAME=value` for the screen. */
export function shownVariable(variable: string): string {
  return isSecretVariable(variable) ? `${variable.split("=")[0]}=${hidden}` : variable;
}

/** A command with a password among its words: `--token=x`, `-e PASSWORD=x`, `--password x`, a URL. */
export function hasSecretWord(words: readonly string[]): boolean {
  return wordsWithoutSecrets(words).some((it, at) => it !== words[at]);
}

/** A command, or variables, word by word, with the secrets in them hidden. */
function wordsWithoutSecrets(words: readonly string[]): string[] {
  return words.map((word, at) => {
    const option = /^--?([\w-]+)$/.exec(words[at - 1] ?? "")?.[1];
    if (option !== undefined && isSecretOption(option) && !word.startsWith("-")) return hidden;
    const named = /^(-{0,2}([A-Za-z_][\w.-]*)=)./.exec(word);
    if (named?.[2] !== undefined && isSecretOption(named[2])) return `${named[1]}${hidden}`;
    const shown = wordWithoutPassword(words, at, hidden);
    return shown === word ? textWithoutSecrets(word) : shown;
  });
}

/** As values are written that are none. */
const saysNothing = /^(?:""|''|null|~|\{\}|\[\])$/;

/**
 * A text of any kind (a command line, an instruction, a line of YAML or JSON) with what looks secret in it hidden: passwords in
 * addresses, `NAME=value`, `name: value`, `--password value`, what authorizes in a header, and hashes of passwords. Takes time linear in
 * the text: a name may begin at any letter of a long word, so that only so much of it is looked at.
 */
export function textWithoutSecrets(text: string): string {
  const plain = addressPasswords.reduce((so, pattern) => so.replace(pattern, `$1${hidden}`), text);
  return (
    withoutPasswordOptions(plain.replace(tokens, hidden), hidden)
      // With a blank or in quotes, as `name:word` may be an image or a mount.
      .replace(
        /(?<=^|[\s{,])(["']?([A-Za-z_][\w.-]*)(?:["']\s*[:=]\s*|:[ \t]+|[ \t]+=[ \t]*|=[ \t]+))("[^"]*"|'[^']*'|(?![{[])[^\s"',;&}]+)/gm,
        (all, start: string, name: string, value: string) =>
          isSecretOption(name) && !saysNothing.test(value) ? `${start}${hidden}` : all,
      )
      .replace(/(?<=:)\${1,2}(?:apr1|2[abxy]|[156])\$[^\s,"']+/g, hidden)
      .replace(/([A-Za-z_][\w.-]{0,60})=("[^"]*"|'[^']*'|[^\s"',;&]+)/g, (all, name: string) =>
        isSecretOption(name) ? `${name}=${hidden}` : all,
      )
      .replace(
        /(?<=^|[\s"'])(--?([\w-]+)(?:["']?,?\s+["']?))([^\s"',;&-][^\s"',;&]*)/g,
        (all, start: string, name: string) => (isSecretOption(name) ? `${start}${hidden}` : all),
      )
      .replace(/(authorization:\s*(?:\w+\s+)?)[^\s"']+/gi, `$1${hidden}`)
  );
}

/**
 * The engine's JSON with all that looks secret hidden, wherever it stands: variables, commands, labels, options of drivers, history. Changes
 * nothing of what it is given.
 */
export function withoutSecrets(value: unknown, name = ""): unknown {
  if (typeof value === "string") return value !== "" && namesValue(name) ? hidden : textWithoutSecrets(value);
  if (Array.isArray(value))
    return value.every((it) => typeof it === "string")
      ? wordsWithoutSecrets(value)
      : value.map((it) => withoutSecrets(it));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, withoutSecrets(it, key)]));
}
