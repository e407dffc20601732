import { holdsStandIn, isStandIn, looksLikeKey } from "./secret-values.ts";

/** How a secret is written where it is used, and what has to stand in a text for a look at it. */
interface Form {
  readonly word: string;
  /** Global; the last group is the value, and what is matched ends with it. */
  readonly pattern: RegExp;
  /** Holds the value to more than being no stand-in. */
  readonly isMeant?: (value: string) => boolean;
}

/** Between two words of a command line, also of one in JSON. */
const GAP = `(?:\\s+["']?|["']\\s*,\\s*["'])`;
/** Within one command. */
const WORDS = `[^|&;\\n]{0,300}?`;
/** In front of a program that a command begins with. */
const START = `(?:^|[|&;("'\\n]|\\b(?:CMD|exec|if|until|while|do|then|sudo)\\s|!\\s)\\s*`;

function form(word: string, before: string, isMeant?: Form["isMeant"], value = VALUE, flags = "gm"): Form {
  const pattern = new RegExp(`(?:${before})(?=(${value}))\\1`, flags);
  return { word, pattern, ...(isMeant && { isMeant }) };
}

/** No variable of a shell, of Windows or of Maven, no placeholder, no encrypted text in braces. */
const VALUE = `(?![-*!])[^\\s"'$@\\\\<>{}%,;()\`]{4,}`;

/** Long, and of letters and digits: what somebody made up on the way is neither. */
function isRandom(value: string): boolean {
  return value.length >= 16 && looksLikeKey(value) && (value.match(/\d/g)?.length ?? 0) >= 3;
}

/**
 * Options of programs, by the manual of each (curl, wget, sshpass, netrc(5), mysql, docker login, Poetry "config", Composer "config",
 * Bundler "config", dotnet nuget, aws configure, cargo login, hex.organization, redis-server; read 2026-11).
 */
const forms: readonly Form[] = [
  form("curl", `\\bcurl\\b${WORDS}["'\\s](?:-[a-zA-Z]*u|--user)(?:${GAP}|[ =]?["']?)[\\w.@-]+:`),
  form("wget", `\\bwget\\b${WORDS}\\s--(?:http-|ftp-)?password[ =]["']?`),
  form("sshpass", `\\bsshpass\\s+-p\\s*["']?`),
  form("machine", `\\bmachine\\s+\\S+\\s+login\\s+\\S+\\s+password\\s+`),
  form(
    "login",
    `\\b(?:docker|podman|buildah|skopeo|nerdctl|crane|oras|helm\\s+registry|az\\s+acr)\\s+login\\b${WORDS}\\s(?:-p\\s*|--password[ =])["']?`,
  ),
  form("mysql", `${START}mysql(?:admin|dump|show|check)?\\b${WORDS}["'\\s](?:-p|--password=)["']?`),
  form("mariadb", `${START}mariadb(?:-\\w+)?\\b${WORDS}["'\\s](?:-p|--password=)["']?`),
  form(
    "poetry",
    `\\bpoetry\\s+config\\s+(?:-\\S+\\s+)*(?:http-basic\\.\\S+\\s+\\S+|pypi-token\\.\\S+)\\s+["']?`,
  ),
  form(
    "composer",
    `\\bcomposer\\s+config\\s+(?:-\\S+\\s+)*(?:http-basic\\.\\S+\\s+\\S+|(?:github-oauth|gitlab-token|bearer)\\.\\S+)\\s+["']?`,
  ),
  form(
    "bundle",
    `\\bbundle\\s+config\\s+(?:set\\s+)?(?:--?\\w+\\s+)*[\\w-]+(?:\\.[\\w-]+)+\\s+["']?[\\w.-]+:`,
  ),
  form("nuget", `\\bnuget\\s+(?:add|update|sources\\s+\\w+)\\b${WORDS}\\s--?password[ =]["']?`),
  form("aws", `\\baws\\s+configure\\s+set\\s+(?:\\S+\\.)?aws_(?:secret_access_key|session_token)\\s+["']?`),
  form("cargo", `\\bcargo\\s+login\\s+(?:-\\S+\\s+)*["']?`, isRandom),
  form("hex", `\\bhex\\.organization\\s+auth\\s+\\S+\\s+--key\\s+["']?`),
  form("requirepass", `\\b(?:requirepass|masterauth)${GAP}`, looksLikeKey, `[^\\s"'$@\\\\<>{}/]{4,}`),
  form("authorization", `\\bauthorization\\s*:\\s*(?:bearer|basic|token|apikey)\\s+`, isHeader, VALUE, "gi"),
  form("-token", `\\b(?:private|deploy|x-auth|x-vault)-token\\s*:\\s*`, isHeader, VALUE, "gi"),
  form("api", `\\bx-(?:jfrog-art-api|api-key)\\s*:\\s*`, isHeader, VALUE, "gi"),
  form("MYSQL_PWD", `\\bMYSQL_PWD=["']?`),
  form("PGPASSWORD", `\\bPGPASSWORD=["']?`),
  // What keys of trust stores protect is public.
  form("password", `(?:^|[\\s"'])-D(?![\\w.]*trustStore)[\\w.-]*password=`),
  form(
    "password",
    `\\b(?:server|data source|host|user id|uid)=[^"'\\n]{1,200};\\s*(?:password|pwd)=`,
    looksLikeKey,
    VALUE,
    "gi",
  ),
  form("--", `(?:^|[\\s"'])--(?:[\\w-]+-)?(?:password|secret|token|api-key)=["']?`, looksLikeKey),
  ...["TOKEN", "SECRET", "API_KEY", "ACCESS_KEY", "SECRET_KEY", "PASSWORD"].map((name) =>
    form(name, `(?:^|[\\s"';&(])(?!\\w*PUBLIC)[A-Za-z]\\w*_${name}=["']?`, isRandom),
  ),
];

/** Lines of files that tools read, wherever they are written: each names what its value is. */
const settings: readonly Form[] = [
  form("_auth", `(?:^|[\\s:"'])_authToken(?:\\s*=\\s*|\\s+)["']?`),
  form("_auth", `(?:^|[\\s:"'])_auth\\s*=\\s*["']?`),
  form("_password", `:_password\\s*=\\s*["']?`),
  form("npmauth", `\\bnpmAuth(?:Token|Ident)["']?(?:\\s*[:=]\\s*|\\s+)["']?`),
  form("<password>", `<password>\\s*`, undefined, `(?![*{$])[^<\\s$"']{4,}(?=\\s*</password>)`),
  form("cleartextpassword", `key=["']ClearTextPassword["']\\s+value=["']`, undefined, VALUE, "gi"),
  form("auths", `"auths"[^]{0,300}?"auth"\\s*:\\s*"`),
  form("github-oauth", `"github-oauth"\\s*:\\s*\\{\\s*"[\\w.]+"\\s*:\\s*"`),
  form("http-basic", `"http-basic"\\s*:\\s*\\{[^]{0,200}?"password"\\s*:\\s*"`),
  form("client-key-data", `\\bclient-key-data:\\s*`),
];

const logins = forms.filter((it) => it.word === "machine");

const properties: readonly Form[] = [
  form("password", `^[ \\t]*[\\w.-]*password[ \\t]*[:=][ \\t]*["']?`, looksLikeKey, VALUE, "gim"),
  form("TOKEN", `^[ \\t]*[\\w.-]*token[ \\t]*[:=][ \\t]*["']?`, isRandom, VALUE, "gim"),
];

/** Base64 of next to nothing stands for no login at all. */
function isHeader(value: string): boolean {
  return value.length >= 10 && looksLikeKey(value);
}

/** A password or key where it stands in a text. */
export interface WrittenSecret {
  readonly kind: "password" | "key";
  readonly start: number;
  readonly end: number;
}

/** Where a command, or a line of a configuration that it writes, has a password or key in it as it is. */
export function secretWritten(text: string): WrittenSecret | undefined {
  return firstOf(forms, text) ?? settingWritten(text);
}

/** The same for the files of tools alone: `.npmrc`, `settings.xml`, `nuget.config` … */
export function settingWritten(text: string): WrittenSecret | undefined {
  return firstOf(settings, text);
}

/** The same for files of properties, and YAML: `nexusPassword=…`, `password: …`. */
export function propertyWritten(text: string): WrittenSecret | undefined {
  return firstOf(properties, text);
}

/** The same for a `.netrc`. */
export function loginWritten(text: string): WrittenSecret | undefined {
  return firstOf(logins, text);
}

function firstOf(among: readonly Form[], text: string): WrittenSecret | undefined {
  // Most texts have none of the words.
  if (!ANY.test(text)) return undefined;
  const lower = text.toLowerCase();
  for (const { word, pattern, isMeant } of among) {
    if (!lower.includes(word.toLowerCase())) continue;
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? "";
      if (isMade(value) || isMeant?.(value) === false) continue;
      const end = match.index + match[0].length;
      const kind =
        /token|auth|api|key|secret|cargo|hex/i.test(word) && word !== "http-basic" ? "key" : "password";
      return { kind, start: end - value.length, end };
    }
  }
  return undefined;
}

function isMade(value: string): boolean {
  return isStandIn(value) || holdsStandIn(value);
}

const ANY = new RegExp([...new Set([...forms, ...settings].map((it) => it.word))].join("|"), "i");
