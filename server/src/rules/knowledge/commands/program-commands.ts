import { optionSet } from "../../../model/stage/commands/command-family.ts";
import {
  APK_VALUED,
  APT_VALUED,
  DNF_VALUED,
  GEM_VALUED,
  NPM_VALUED,
  PIP_VALUED,
  ZYPPER_VALUED,
} from "../../../model/stage/commands/manager-options.ts";

/** The commands that a program has (`apt-get install`, `go mod download`). */
export interface ProgramCommands {
  readonly commands: ReadonlySet<string>;
  /** Does it take the beginning of a command for it? */
  readonly abbreviates: boolean;
  /** Options in front of the command that take the next word. */
  readonly valued: ReadonlySet<string>;
  /** What people write who come from another program → what this one calls it; empty where it has no such thing. */
  readonly instead: ReadonlyMap<string, string>;
  /** `mod` of `go mod download`: what stands behind it is a command too. */
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
  /** Those that a slip may stand for. */
  readonly near: readonly string[];
  /** How many letters a slip may be away: fewer where plugins, scripts or aliases may bring more commands. */
  readonly most: number;
}

interface Written {
  readonly commands: string;
  readonly abbreviates?: true;
  readonly valued?: ReadonlySet<string>;
  readonly instead?: Readonly<Record<string, string>>;
  readonly groups?: Readonly<Record<string, string>>;
  /** Which commands a slip may stand for, where not all of them. */
  readonly near?: string;
  /** Plugins, scripts or aliases may bring more: which of its own commands a slip may stand for; all of them when empty. */
  readonly open?: string;
}

const NONE: ReadonlySet<string> = new Set();

/** Shorter commands are near too much. */
const SHORTEST = 4;

const APT_INSTEAD = { add: "install", erase: "remove", clear: "clean", uninstall: "remove", i: "install" };
const APT =
  "update upgrade install reinstall remove purge autoremove auto-remove autopurge dist-upgrade full-upgrade dselect-upgrade " +
  "build-dep satisfy clean autoclean auto-clean distclean dist-clean check source download changelog indextargets moo help " +
  "markauto unmarkauto";
const RPM =
  "alias advisory autoremove builddep changelog check check-update check-upgrade clean config-manager copr debug-dump debug-restore " +
  "debuginfo-install deplist dist-sync distribution-synchronization distro-sync do download downgrade dsync dump erase " +
  "environment fs fssnapshot group groupinfo groupinstall grouplist groupremove groups groupupdate grp help history in info install " +
  "install-n install-na install-nevra leaves list localinstall localupdate ls makecache manifest mark mc module needs-restarting " +
  "obsoletes offline offline-distrosync offline-upgrade prov provides reinstall remove remove-n rei repo repoclosure repodiff " +
  "repograph repoinfo repolist repomanage repoquery repo-pkgs reposync replay repository-packages rm rpm search shell swap system-upgrade up " +
  "update update-minimal update-to updateinfo upgrade upgrade-minimal upgrade-to versionlock whatprovides environment-info load-transaction " +
  "resolvedep run-uninstalled";
const RPM_INSTEAD = { add: "install", clear: "clean", uninstall: "remove", del: "remove" };
const PIP =
  "install uninstall download wheel freeze list show check config search cache index inspect hash completion debug help lock";

/**
 * Read from the programs themselves: npm 6 to 11, Yarn 1.22 and 4, pnpm 8 to 10, pip 23, apt 2.6, DNF 4.14 (and 5 from its
 * documentation), zypper 1.14, Composer 2.5, Bundler 2.3, RubyGems 3.3, Cargo 1.95, Go 1.19, Poetry 1.3, git 2.39; apk 2.14 and 3 from their
 * sources (2026-11). Each said of a slip that there is no such command, and ended with an error, but for npm 7 and 8.
 */
const written: Readonly<Record<string, Written>> = {
  "apt-get": {
    commands: APT,
    valued: APT_VALUED,
    instead: { ...APT_INSTEAD, search: "", show: "", list: "" },
  },
  apt: {
    commands: `${APT} list search show showsrc edit-sources policy depends rdepends why why-not madison pkgnames modernize-sources showpkg history-list history-info history-redo history-undo history-rollback`,
    valued: APT_VALUED,
    instead: APT_INSTEAD,
  },
  apk: {
    commands:
      "add adbdump adbgen adbsign audit cache convdb convndx del dot extract fetch fix index info list manifest mkndx mkpkg policy query search " +
      "stats update upgrade verify version",
    valued: APK_VALUED,
    instead: {
      install: "add",
      remove: "del",
      uninstall: "del",
      delete: "del",
      purge: "del",
      clean: "cache clean",
    },
  },
  dnf: { commands: RPM, valued: DNF_VALUED, instead: RPM_INSTEAD, open: "" },
  yum: { commands: RPM, valued: DNF_VALUED, instead: RPM_INSTEAD, open: "" },
  microdnf: { commands: RPM, valued: DNF_VALUED, instead: RPM_INSTEAD, open: "" },
  zypper: {
    commands:
      "help shell repos lr addrepo ar removerepo rr renamerepo nr modifyrepo mr refresh ref clean cc services ls addservice as modifyservice ms " +
      "removeservice rs refresh-services refs install in remove rm removeptf rmptf verify ve source-install si install-new-recommends inr " +
      "update up list-updates lu patch list-patches lp dist-upgrade dup patch-check pchk search se info if patch-info pattern-info product-info " +
      "patches pch packages pa patterns pt products pd what-provides wp addlock al removelock rl locks ll cleanlocks cl locales lloc addlocale aloc removelocale rloc " +
      "versioncmp vcmp targetos tos licenses download source-download needs-rebooting ps purge-kernels system-architecture lifecycle",
    valued: ZYPPER_VALUED,
    instead: { add: "install", uninstall: "remove" },
    open: "",
  },
  pip: {
    commands: PIP,
    valued: PIP_VALUED,
    instead: { add: "install", remove: "uninstall", update: "", upgrade: "", i: "install", clean: "" },
    groups: { cache: "dir info list purge remove" },
  },
  npm: {
    commands:
      "access add add-user adduser apihelp approve-scripts audit author bin birthday bugs c cache ci cit clean-install clean-install-test completion " +
      "config create ddp dedupe deny-scripts deprecate diff dist-tag dist-tags docs doctor edit exec explain explore find find-dupes fund get help " +
      "help-search hlep home hook i ic in info init innit ins inst insta instal install install-ci-test install-clean install-scripts install-test isnt " +
      "isnta isntal isntall isntall-clean issues it la link list ll ln login logout ls ogr org outdated owner pack ping pkg prefix profile prune " +
      "publish query r rb rebuild remove repo restart rm root rum run run-script s sbom se search set set-script show shrinkwrap sit stage star stars " +
      "start stop substack t team test token trust tst u udpate un unbuild undeprecate uninstall unlink unpublish unstar up update upgrade urn v " +
      "verison version view visnup whoami why x xmas",
    abbreviates: true,
    valued: NPM_VALUED,
    instead: Object.fromEntries(
      "build dev serve lint watch compile prod production format preview migrate generate bundle"
        .split(" ")
        .map((it) => [it, `run ${it}`]),
    ),
    near: "install clean-install run run-script cache config prune update uninstall audit link publish exec",
  },
  go: {
    commands:
      "bug build clean doc env fix fmt generate get help install list mod run telemetry test tool version vet work",
    instead: {
      download: "mod download",
      tidy: "mod tidy",
      vendor: "mod vendor",
      update: "",
      init: "mod init",
      add: "get",
    },
    groups: { mod: "download edit graph help init tidy vendor verify why" },
  },
  cargo: {
    commands:
      "add b bench build c check clean clippy config d doc fetch fix fmt generate-lockfile git-checkout help info init install locate-project login " +
      "logout metadata miri new owner package pkgid publish r read-manifest remove report rm run rustc rustdoc search t test tree uninstall update " +
      "vendor verify-project version yank chef audit deny watch make expand outdated edit tarpaulin nextest zigbuild xwin leptos sqlx diesel " +
      "auditable component binstall udeps",
    valued: optionSet("--config --color -Z -C --manifest-path"),
    open: "build check clean fetch install test update vendor clippy publish",
  },
  composer: {
    commands:
      "about archive audit base browse bump check-platform-reqs clear-cache clearcache cc completion config create-project depends diagnose dump-autoload " +
      "dumpautoload exec fund funding global help home i info init install licenses list outdated prohibits r reinstall remove repository repo require rm " +
      "run run-script search self-update selfupdate show status suggests u update upgrade uninstall validate why why-not",
    abbreviates: true,
    valued: optionSet("-d --working-dir"),
    instead: { add: "require", "clean-cache": "clear-cache", "cache-clear": "clear-cache", ci: "install" },
    open: "install update require dump-autoload dumpautoload create-project run-script",
  },
  bundle: {
    commands:
      "add binstubs cache check clean config console doctor env exec e gem help info init inject install i issue licenses list ls lock open outdated package pack " +
      "platform plugin pristine remove show update version viz fund",
    abbreviates: true,
    valued: optionSet("--gemfile"),
    instead: {},
    open: "",
  },
  gem: {
    commands:
      "build cert check cleanup contents dependency environment exec fetch generate_index help info install i list lock mirror open outdated owner pristine " +
      "push query rdoc rebuild search server signin signout sources specification stale uninstall unpack update which yank",
    abbreviates: true,
    valued: GEM_VALUED,
    instead: { add: "install", remove: "uninstall" },
    open: "",
  },
  poetry: {
    commands:
      "about add build cache check config debug env export help init install list lock new publish python remove run search self shell show source sync update " +
      "version",
    valued: optionSet("-C --directory -P --project"),
    instead: { i: "install", ci: "install" },
    open: "install build config export update",
  },
  git: {
    commands:
      "add am apply archive backfill bisect blame branch bundle cat-file check-attr check-ignore checkout checkout-index cherry cherry-pick clean clone " +
      "commit commit-tree config count-objects credential describe diff diff-files diff-index diff-tree difftool fast-export fast-import fetch fetch-pack filter-branch " +
      "filter-repo for-each-ref format-patch fsck gc grep hash-object help init init-db instaweb lfs log ls-files ls-remote ls-tree maintenance merge merge-base " +
      "mergetool mktree mv name-rev notes pack-objects prune pull push range-diff read-tree rebase reflog refs remote repack replace replay request-pull rerere reset " +
      "restore rev-list rev-parse revert rm send-email shortlog show show-ref sparse-checkout stage stash status stripspace submodule subtree switch " +
      "symbolic-ref tag unpack-objects update-index update-ref verify-commit verify-pack verify-tag version whatchanged worktree write-tree crypt flow secret",
    valued: optionSet("-C -c --git-dir --work-tree --namespace --exec-path --config-env"),
    open: "clone checkout submodule config fetch init",
  },
  yarn: {
    commands:
      "add audit autoclean bin cache check config constraints create dedupe dlx exec explain generate-lock-entry global help import info init " +
      "install licenses link list login logout node npm outdated owner pack patch patch-commit plugin policies prune publish rebuild remove run search set stage tag " +
      "team test unlink unplug up upgrade upgrade-interactive version versions why workspace workspaces",
    valued: NPM_VALUED,
    open: "install",
  },
  pnpm: {
    commands:
      "add approve-builds audit bin c cache cat-file cat-index ci clean-install completion config create dedupe deploy dlx doctor env exec fetch find-hash i ignored-builds import " +
      "info init install install-test it la licenses link list ll ln ls outdated pack patch patch-commit patch-remove prefix prune publish rb rebuild remove rm root run " +
      "run-script self-update server setup start store test tst unlink uninstall un up update upgrade version view why",
    valued: NPM_VALUED,
    open: "install fetch",
  },
};

/** By the name of the program; `python -m pip` is `pip`. */
export const programCommands: ReadonlyMap<string, ProgramCommands> = new Map(
  Object.entries(written).map(([program, it]) => [
    program,
    {
      commands: optionSet(it.commands),
      abbreviates: it.abbreviates === true,
      valued: it.valued ?? NONE,
      instead: new Map(Object.entries(it.instead ?? {})),
      groups: new Map(Object.entries(it.groups ?? {}).map(([name, words]) => [name, optionSet(words)])),
      near: (it.open || it.near || it.commands)
        .split(" ")
        .filter((name) => it.near || name.length >= SHORTEST),
      most: it.open === undefined ? 2 : 1,
    },
  ]),
);
