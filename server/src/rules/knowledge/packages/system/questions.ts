import type { ManagerName, PackageCommand } from "../package-commands.ts";

/** How one package manager asks before it acts, and how it is told not to. */
interface Questions {
  /** What other linters call it: hadolint, Trivy and Sonar. */
  readonly aliases: readonly string[];
  readonly acts: readonly PackageCommand["act"][];
  /** Words that answer, or that let it do nothing. */
  readonly answers: RegExp;
  /** The option for it, good behind the verb of each command. */
  readonly option: string;
}

/**
 * From apt-get(8), dnf(8), yum(8), zypper(8) and "pip uninstall" of pip's documentation; `-qq` implies `-y` for apt-get (read 2026-11).
 * conda takes an empty answer for yes, and goes on.
 */
const questions: Readonly<Partial<Record<ManagerName, Questions>>> = {
  apt: {
    aliases: ["DL3014", "DS-0021", "S6584"],
    acts: ["install", "upgrade", "release", "remove"],
    answers:
      /^-[A-Za-z]*[ysd][A-Za-z]*$|^-\w*q\w*q|^-q=?2$|^--(yes|assume-yes|assume-no|force-yes|quiet=2|simulate|dry-run|just-print|no-act|recon|print-uris|trivial-only|download-only)$|APT::Get::Assume-Yes/,
    option: "-y",
  },
  dnf: rpmQuestions("DL3038"),
  yum: rpmQuestions("DL3030"),
  // It ends with an EOFError where nobody is there to answer.
  pip: { aliases: [], acts: ["remove"], answers: /^-[A-Za-z]*y|^--yes$/, option: "-y" },
  zypper: {
    aliases: ["DL3034", "S6584"],
    acts: ["install", "upgrade", "release", "remove"],
    answers: /^-[A-Za-z]*[yn]|^--(no-confirm|non-interactive|dry-run)$/,
    option: "-y",
  },
};

function rpmQuestions(alias: string): Questions {
  return {
    aliases: [alias, "S6584"],
    acts: ["install", "upgrade", "release", "remove"],
    answers: /^-[A-Za-z]*y|^--(assumeyes|assumeno|downloadonly)$|assumeyes|defaultyes/,
    option: "-y",
  };
}

/** What a command would ask for, and nothing in it answers; undefined for one that asks nothing. */
export function questionOf(command: PackageCommand): Questions | undefined {
  const { manager, program, act, verb, words, isOpen } = command;
  const asking = questions[manager];
  // microdnf asks for an installation only, and in older versions for nothing.
  if (program === "microdnf" && act !== "install") return undefined;
  // A variable may hold the option.
  if (!asking?.acts.includes(act) || isOpen) return undefined;
  // `apt-get purge` alone names nothing to act on.
  if (words.length === 1 && NAMES_PACKAGES.test(verb)) return undefined;
  // `-q -q` is `-qq`.
  const isQuiet = manager === "apt" && words.filter((it) => /^(-q|--quiet)$/.test(it)).length > 1;
  return isQuiet || words.some((it) => asking.answers.test(it)) ? undefined : asking;
}

const NAMES_PACKAGES = /^(install|reinstall|remove|purge|erase)$/;
