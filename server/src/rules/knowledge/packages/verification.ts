import { baseName } from "../../../model/stage/paths.ts";
import type { Command, ShellWord } from "../../../syntax/shell/script.ts";
import { programsOf, textOf } from "./package-commands.ts";

/** A word that has a package manager skip a check. */
export interface SkippedCheck {
  readonly span: ShellWord["span"];
  /** What is not checked, as a sentence. */
  readonly message: string;
  /** Ids of checkov's rules for it; none where it has none. */
  readonly aliases: readonly string[];
}

interface Skipping {
  readonly programs: readonly string[];
  readonly word: RegExp;
  /** What the word behind has to be. */
  readonly next?: RegExp;
  /** Counts only in what is written to such a file. */
  readonly into?: RegExp;
  readonly message: string;
  readonly aliases: readonly string[];
}

const UNSIGNED = "Packages that no trusted key has signed are taken here.";
const CERTIFICATE = "The certificate of the server that packages come from is not checked here.";
const PLAIN = "Packages may come over HTTP here, where anybody on the way can change them.";
const RPM = [...programsOf("dnf", "yum"), "yum-config-manager"];
const NODE = programsOf("npm", "pnpm", "yarn");
const WRITERS = ["echo", "printf"];
const RPM_FILES = /^\/etc\/(yum\.conf|yum\.repos\.d\/|dnf\/)/;
/** What runs in the build itself needs no certificate. */
const NOT_LOCAL = /^(?!localhost\b|127\.|\[?::1).+/;

/** From the managers' own documentation (as in `manager-options.ts`; apt-transport-https(1), the settings of conda, Composer, Bundler, Poetry and pacman as generally known); the ids are those of checkov 3 (read 2026-11). */
const skippings: readonly Skipping[] = [
  {
    programs: programsOf("pip"),
    word: /^--trusted-host$|^global\.trusted-host$/,
    next: NOT_LOCAL,
    message: CERTIFICATE,
    aliases: ["CKV2_DOCKER_4"],
  },
  {
    programs: programsOf("pip"),
    word: /^--trusted-host=(?!localhost|127\.)/,
    message: CERTIFICATE,
    aliases: ["CKV2_DOCKER_4"],
  },
  {
    programs: ["uv"],
    word: /^--(allow-insecure|trusted)-host$/,
    next: NOT_LOCAL,
    message: CERTIFICATE,
    aliases: [],
  },
  {
    programs: ["uv"],
    word: /^--(allow-insecure|trusted)-host=(?!localhost|127\.)/,
    message: CERTIFICATE,
    aliases: [],
  },
  { programs: ["apk"], word: /^--allow-untrusted$/, message: UNSIGNED, aliases: ["CKV2_DOCKER_7"] },
  {
    programs: programsOf("apt"),
    word: /^--allow-(unauthenticated|insecure-repositories)$|(AllowUnauthenticated|AllowInsecureRepositories)=["']?(true|1|yes)/i,
    message: UNSIGNED,
    aliases: ["CKV2_DOCKER_8"],
  },
  {
    programs: programsOf("apt"),
    word: /^--force-yes$/,
    message: "apt goes on here whatever is wrong, packages that no trusted key has signed included.",
    aliases: ["CKV2_DOCKER_11"],
  },
  {
    programs: WRITERS,
    word: /\[[^\]]*\btrusted=yes\b[^\]]*\]\s+(?!file:|copy:|cdrom:)/,
    into: /^\/etc\/apt\/sources\.list/,
    message: UNSIGNED,
    aliases: ["CKV2_DOCKER_8"],
  },
  {
    programs: WRITERS,
    word: /\b(AllowUnauthenticated|AllowInsecureRepositories)\b["'\s]+(true|1|yes)\b/i,
    into: /^\/etc\/apt\/apt\.conf/,
    message: UNSIGNED,
    aliases: ["CKV2_DOCKER_8"],
  },
  {
    programs: programsOf("apt"),
    word: /^(-o)?Acquire::https(::[\w.-]+)?::Verify-(Peer|Host)=["']?(false|no|0)\b/i,
    message: CERTIFICATE,
    aliases: [],
  },
  {
    programs: WRITERS,
    word: /\bAcquire::https(::[\w.-]+)?::Verify-(Peer|Host)["'\s]+(false|no|0)\b/i,
    into: /^\/etc\/apt\/apt\.conf/,
    message: CERTIFICATE,
    aliases: [],
  },
  {
    programs: RPM,
    word: /^--no-?gpgchecks?$|^--setopt=\S*\bgpgcheck=(0|false|no)$|^\S*\bgpgcheck=(0|false|no)$/i,
    message: UNSIGNED,
    aliases: ["CKV2_DOCKER_9"],
  },
  {
    programs: RPM,
    word: /^(--setopt=)?\S*\bsslverify=(0|false|no)$/i,
    message: CERTIFICATE,
    aliases: ["CKV2_DOCKER_15"],
  },
  {
    programs: WRITERS,
    word: /^\s*gpgcheck\s*=\s*(0|false|no)\b|\\n\s*gpgcheck\s*=\s*(0|false|no)\b/im,
    into: RPM_FILES,
    message: UNSIGNED,
    aliases: ["CKV2_DOCKER_9"],
  },
  {
    programs: WRITERS,
    word: /\bsslverify\s*=\s*(0|false|no)\b/i,
    into: RPM_FILES,
    message: CERTIFICATE,
    aliases: ["CKV2_DOCKER_15"],
  },
  {
    programs: ["sed"],
    word: /^s(\W)gpgcheck\s*=\s*(?:1|.)\1gpgcheck\s*=\s*0\1/,
    message: UNSIGNED,
    aliases: ["CKV2_DOCKER_9"],
  },
  {
    programs: ["rpm"],
    word: /^--no(signature|digest|gpg)$/,
    message: "rpm installs here whatever the signature says.",
    aliases: ["CKV2_DOCKER_10"],
  },
  {
    programs: ["sed"],
    word: /^s(\W)(?:(?!\1).)*\1SigLevel\s*=\s*Never\b/,
    message: UNSIGNED,
    aliases: [],
  },
  {
    programs: programsOf("conda"),
    word: /^ssl_verify$/,
    next: /^(false|no|off|0)$/i,
    message: CERTIFICATE,
    aliases: [],
  },
  { programs: ["composer"], word: /^disable-tls$/, next: /^(true|1)$/, message: PLAIN, aliases: [] },
  { programs: ["composer"], word: /^secure-http$/, next: /^(false|0)$/, message: PLAIN, aliases: [] },
  { programs: ["bundle"], word: /^ssl_verify_mode$/, next: /^0$/, message: CERTIFICATE, aliases: [] },
  {
    programs: ["poetry"],
    word: /^certificates\.[\w.-]+\.cert$/,
    next: /^false$/,
    message: CERTIFICATE,
    aliases: [],
  },
  { programs: ["zypper"], word: /^--no-gpg-?checks?$/, message: UNSIGNED, aliases: [] },
  {
    programs: NODE,
    word: /^(--)?strict-ssl=false$|^--no-strict-ssl$/,
    message: CERTIFICATE,
    aliases: ["CKV2_DOCKER_13"],
  },
  {
    programs: WRITERS,
    word: /^\s*strict-ssl\s*=\s*false\b/,
    into: /(^|\/)\.npmrc$/,
    message: CERTIFICATE,
    aliases: ["CKV2_DOCKER_13"],
  },
  {
    programs: NODE,
    word: /^(--)?strict-ssl$|^enableStrictSsl$/,
    next: /^false$/,
    message: CERTIFICATE,
    aliases: ["CKV2_DOCKER_13"],
  },
];

const byProgram = new Map<string, Skipping[]>();
for (const skipping of skippings)
  for (const program of skipping.programs)
    byProgram.set(program, [...(byProgram.get(program) ?? []), skipping]);

const NOTHING: readonly never[] = [];

/** Each check that a command has its package manager skip, and each variable in front of it that does. */
export function skippedChecks(command: Command): readonly SkippedCheck[] {
  const name = command.name?.literal;
  const known = name === undefined ? undefined : byProgram.get(name.includes("/") ? baseName(name) : name);
  if (!known && name !== "export" && command.assignments.length === 0) return NOTHING;
  const found: SkippedCheck[] = [];
  for (const { name: variable, value, span } of command.assignments) {
    const skipped = skippedByVariable(variable, value && textOf(value));
    if (skipped) found.push({ ...skipped, span });
  }
  if (name === "export") found.push(...exported(command));
  if (!known) return found;
  // What is printed counts only where it goes to a file.
  if (command.redirections.length === 0 && known.every((it) => it.into)) return found;
  const words = command.arguments.map(textOf);
  for (const { word, next, into, message, aliases } of known) {
    if (into && !command.redirections.some((it) => into.test(it.target?.literal ?? it.target?.raw ?? "")))
      continue;
    const at = words.findIndex((it, index) => word.test(it) && (!next || next.test(words[index + 1] ?? "")));
    const place = command.arguments[at];
    if (place) found.push({ span: place.span, message, aliases });
  }
  return found;
}

function exported({ arguments: words }: Command): readonly SkippedCheck[] {
  return words.flatMap((word) => {
    const [, name = "", value] = /^(\w+)=(.*)$/s.exec(textOf(word)) ?? [];
    const skipped = skippedByVariable(name, value);
    return skipped ? [{ ...skipped, span: word.span }] : [];
  });
}

/** What a variable has package managers skip; undefined for a value that does not, or is not known. */
export function skippedByVariable(
  name: string,
  value: string | undefined,
): Omit<SkippedCheck, "span"> | undefined {
  if (value === undefined || value === "" || !/trusted|strict|insecure/i.test(name)) return undefined;
  if (value.includes("$")) return undefined;
  if (name === "PIP_TRUSTED_HOST" && NOT_LOCAL.test(value))
    return { message: CERTIFICATE, aliases: ["CKV2_DOCKER_16"] };
  if (name === "UV_INSECURE_HOST" && NOT_LOCAL.test(value)) return { message: CERTIFICATE, aliases: [] };
  const isStrict = /^(npm_config_strict_ssl|yarn_(enable_)?strict_ssl)$/i.test(name);
  return isStrict && value === "false" ? { message: CERTIFICATE, aliases: ["CKV2_DOCKER_12"] } : undefined;
}
