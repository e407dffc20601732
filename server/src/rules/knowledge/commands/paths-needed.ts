import { baseName } from "../../../model/stage/paths.ts";
import { notedOnCommand, type ShellWord } from "../../../syntax/shell/script.ts";
import { type GivenWords, onlyWithKnown } from "../shell/shell-options.ts";
import { isPathOfLayer } from "./plain-path.ts";

/**
 * The words of a command that name what has to be there when it starts, as it fails otherwise: what `cp` copies, `chmod` changes,
 * `tar -x` unpacks, `<` reads. Only whole paths, in which nothing is expanded; none where an option is given that may change what
 * the words mean (manuals of GNU coreutils, tar, BusyBox and Info-ZIP, as generally known; those of BusyBox that
 * `test/support/random-dockerfile.ts` has were tried 2026-11).
 */
export const pathsNeeded = notedOnCommand((command): readonly ShellWord[] => {
  const program = baseName(command.name?.literal ?? "");
  // Without its own words nothing is said of those that come from variables.
  if (command.name && command.name.literal === undefined) return [];
  const needed = Object.hasOwn(READERS, program) ? (READERS[program]?.(command.arguments) ?? []) : [];
  const inputs = command.redirections.flatMap((it) => (it.operator === "<" && it.target ? [it.target] : []));
  return [...needed, ...inputs].filter(({ literal }) => literal !== undefined && isPathOfLayer(literal));
});

type Reader = (words: readonly ShellWord[]) => readonly ShellWord[];

const all = ({ operands }: GivenWords) => operands;
const allButFirst = ({ operands }: GivenWords) => operands.slice(1);
const allButLast = ({ operands }: GivenWords) => operands.slice(0, -1);
const first = ({ operands }: GivenWords) => operands.slice(0, 1);
const only = ({ operands }: GivenWords) => (operands.length === 1 ? operands : []);

/** Those whose name says that they are what the program reads: it looks for others by itself. */
function ending(pattern: RegExp): (given: GivenWords) => readonly ShellWord[] {
  return ({ operands }) => operands.filter((it) => pattern.test(it.literal ?? ""));
}

const COPY_FLAGS =
  "a R r p d L P H v f T u archive recursive verbose force no-target-directory preserve no-dereference dereference parents";
const CHECKSUM = onlyWithKnown("", "b c t w check status warn strict quiet binary", all);
const OWNERSHIP = onlyWithKnown("", "R v c h H L P recursive verbose changes no-dereference", allButFirst);
const UNPACKED = onlyWithKnown(
  "",
  "k f v q d keep force verbose quiet decompress",
  ending(/\.(gz|tgz|bz2|xz|lzma|zst)$/),
);
const SYSTEM_PACKAGES: Reader = (words) =>
  words.filter((it) => /^\.{0,2}\/.*\.(deb|rpm|apk)$/.test(it.literal ?? ""));

const READERS: Readonly<Record<string, Reader>> = {
  cat: onlyWithKnown("", "n b s A e E t T u v", all),
  tac: onlyWithKnown("", "", all),
  head: onlyWithKnown("n c lines bytes", "q v", all),
  tail: onlyWithKnown("n c lines bytes", "q v", all),
  wc: onlyWithKnown("", "l c w m lines bytes words", all),
  stat: onlyWithKnown("c format", "L t", all),
  du: onlyWithKnown("", "s h a c k m x", all),
  ls: onlyWithKnown("", "a l h A R t r S 1 d F n i s all human-readable", all),
  md5sum: CHECKSUM,
  sha1sum: CHECKSUM,
  sha256sum: CHECKSUM,
  sha512sum: CHECKSUM,
  chmod: onlyWithKnown("", "R v c recursive verbose changes", allButFirst),
  chown: OWNERSHIP,
  chgrp: OWNERSHIP,
  cp: onlyWithKnown("", COPY_FLAGS, allButLast),
  mv: onlyWithKnown("", "f v T u force verbose no-target-directory", allButLast),
  rm: onlyWithKnown("", "r R v d recursive verbose dir", all),
  rmdir: onlyWithKnown("", "v verbose", all),
  unlink: onlyWithKnown("", "", only),
  // A symbolic link may lead to what is not there yet.
  ln: onlyWithKnown("", "f v n T P force", allButLast),
  install: onlyWithKnown(
    "m o g mode owner group",
    "v p D C c s T verbose preserve-timestamps strip no-target-directory",
    allButLast,
  ),
  cd: onlyWithKnown("", "P L", only),
  // A name without a directory is looked up on PATH.
  ".": (words) => words.slice(0, 1).filter((it) => it.literal?.includes("/")),
  source: (words) => words.slice(0, 1).filter((it) => it.literal?.includes("/")),
  find: (words) => {
    const end = words.findIndex((it) => /^[-(!\\"']/.test(it.raw));
    return end < 0 ? words : words.slice(0, end);
  },
  sed: editedFiles,
  tar: tarPaths,
  bsdtar: tarPaths,
  unzip: onlyWithKnown("d x", "q o n j u", (given) => ending(/\.zip$/)({ ...given, operands: first(given) })),
  gunzip: UNPACKED,
  bunzip2: UNPACKED,
  unxz: UNPACKED,
  unzstd: UNPACKED,
  gzip: UNPACKED,
  bzip2: UNPACKED,
  xz: UNPACKED,
  strip: onlyWithKnown("", "s g S x p v strip-all strip-debug strip-unneeded", all),
  ldd: onlyWithKnown("", "", all),
  crontab: onlyWithKnown("u", "", only),
  dpkg: (words) => (/^(-i|--install)$/.test(words[0]?.literal ?? "") ? words.slice(1) : []),
  "apt-get": SYSTEM_PACKAGES,
  apt: SYSTEM_PACKAGES,
  apk: SYSTEM_PACKAGES,
  dnf: SYSTEM_PACKAGES,
  microdnf: SYSTEM_PACKAGES,
  yum: SYSTEM_PACKAGES,
  "apt-key": (words) => (words[0]?.literal === "add" ? words.slice(1) : []),
  java: (words) => {
    const at = words.findIndex((it) => it.literal === "-jar");
    const isPlain = at >= 0 && words.slice(0, at).every((it) => it.raw.startsWith("-"));
    return isPlain ? words.slice(at + 1, at + 2) : [];
  },
};

/** What stands behind sed's script, or is an operand where the script is an option. */
function editedFiles(words: readonly ShellWord[]): readonly ShellWord[] {
  // With a suffix it keeps what the file was.
  const plain = words.filter((it) => !/^(-[Ernsz]*i[.~][\w.]*|--in-place=\S*)$/.test(it.raw));
  return SED(plain);
}

const SED = onlyWithKnown(
  "e expression",
  "i E r n s z u in-place regexp-extended quiet silent null-data separate",
  ({ options, operands }) =>
    options.some((it) => it.name === "e" || it.name === "expression") ? operands : operands.slice(1),
);

/** The archive that is read, and the directory that is gone to. */
function tarPaths(words: readonly ShellWord[]): readonly ShellWord[] {
  const [mode, ...rest] = words;
  // The old way of writing options, without a dash: `tar xzf file`.
  const isOld = mode !== undefined && /^[cxtvzjJpf]+f$|^[cxtvzjJpf]*f[cxtvzjJp]*$/.test(mode.literal ?? "");
  const dashed = isOld ? [{ ...mode, raw: `-${mode.raw}`, literal: `-${mode.raw}` }, ...rest] : words;
  return TAR(dashed);
}

const TAR = onlyWithKnown(
  "f file C directory strip-components exclude owner group mode",
  "c x t v z j J p k m o h create extract list gzip bzip2 xz zstd verbose no-same-owner no-same-permissions same-owner overwrite strip",
  ({ options }) => {
    const reads = !options.some((it) => it.name === "c" || it.name === "create");
    return options.flatMap(({ name, valueWord }) =>
      valueWord && (name === "C" || name === "directory" || (reads && (name === "f" || name === "file")))
        ? [valueWord]
        : [],
    );
  },
);
