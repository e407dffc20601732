import { optionSet } from "../../../model/stage/commands/command-family.ts";

/** The long options of a program, or of some of its commands. */
export interface KnownOptions {
  /** Without dashes, those of all versions together. */
  readonly names: ReadonlySet<string>;
  /** Does it take the beginning of an option for it? */
  readonly abbreviates: boolean;
  /** Does `--no-x` turn off each `--x`? */
  readonly negates: boolean;
  /** Are options written with one dash, as Go does it? */
  readonly oneDash: boolean;
  /** Does it certainly refuse a long option with one dash (`-no-cache`)? */
  readonly needsTwoDashes: boolean;
  /** Letters that are no short options, though other programs have them. */
  readonly noLetters: string;
  /** The commands whose options these are; all of them when empty, and that of a call without any is "". */
  readonly commands: ReadonlySet<string>;
  /** Options whose next word is theirs, and may begin with a dash. */
  readonly valued: ReadonlySet<string>;
  /** What people write who come from another program, with its dashes → what this one has instead; empty where it has none. */
  readonly instead: ReadonlyMap<string, string>;
  /** What the program does about an option that it does not know; `may` depends on its version. */
  readonly unknown: "fails" | "ignores" | "may fail";
}

interface Written {
  readonly names: string;
  readonly abbreviates?: true;
  readonly negates?: true;
  readonly oneDash?: true;
  readonly needsTwoDashes?: true;
  readonly noLetters?: string;
  readonly commands?: string;
  readonly valued?: string;
  readonly instead?: Readonly<Record<string, string>>;
  readonly unknown?: KnownOptions["unknown"];
}

const APT: Written = {
  names:
    "all-versions allow-change-held-packages allow-downgrades allow-insecure-repositories allow-releaseinfo-change " +
    "allow-releaseinfo-change-codename allow-releaseinfo-change-label allow-releaseinfo-change-origin allow-releaseinfo-change-suite " +
    "allow-releaseinfo-change-version allow-releaseinfo-change-defaultpin allow-remove-essential allow-unauthenticated allow-weak-repositories arch-only assume-no " +
    "assume-yes audit auto-remove autoremove auto-clean build build-profiles color comment compile config-file default-release diff-only download download-only " +
    "dry-run dsc-only error-on fix-broken fix-missing fix-policy force-yes full help host-architecture ignore-hold ignore-missing " +
    "include-phased-updates indep-only install-recommends install-suggests installed just-print list-cleanup manual-installed mark-auto names-only " +
    "never-include-phased-updates no-act only-source only-upgrade option planner print-uris purge quiet recon reinstall remove show-progress show-upgraded " +
    "simulate snapshot solver strict-pinning tar-only target-release trivial-only update upgradable upgradeable upgrade verbose " +
    "verbose-versions version with-new-pkgs with-source yes interactive auth-conf cron",
  negates: true,
  needsTwoDashes: true,
  valued: "-o --option -c --config-file -t --target-release --default-release",
  instead: {
    "no-recommends": "--no-install-recommends",
    "no-suggests": "--no-install-suggests",
    assumeyes: "-y",
    noconfirm: "-y",
    "non-interactive": "-y",
    "no-cache": "",
  },
};

const RPM: Written = {
  names:
    "advisories advisory advisory-severities allowerasing allow-downgrade arch assumeno assumeyes best bugfix bz bzs bzids cacheonly color comment config cve cves cveids " +
    "debuglevel debugsolver deplist destdir disable disable-repo disableexcludepkgs disableexcludes disableplugin disableplugins disable-plugin disablerepo downloaddir " +
    "downloadonly dump-main-config dump-repo-config dump-variables enable enable-plugin enable-repo enableplugin enableplugins enablerepo enhancement " +
    "errorlevel exclude excludepkgs forcearch from-repo from-vendor help help-cmd installroot newpackage no-allow-downgrade no-best no-gpgchecks no-docs " +
    "noautoremove nobest nodocs nogpgcheck noplugins obsoletes offline quiet randomwait refresh releasever releasever-major releasever-minor repo repofrompath repoid " +
    "rpmverbosity save set-enabled set-disabled sec-severity secseverity security setopt setvar show-new-leaves showduplicates skip-broken skip-file-conflicts skip-unavailable " +
    "store use-host-config verbose version with-optional without-optional nocontexts nocrypto tsflags disableincludes allmatches " +
    "cmdline installed minimal force no-allowerasing",
  abbreviates: true,
  valued: "--setopt -x --exclude",
  instead: {
    "assume-yes": "-y",
    yes: "-y",
    noconfirm: "-y",
    "no-install-recommends": "--setopt=install_weak_deps=False",
    "no-recommends": "--setopt=install_weak_deps=False",
    "no-cache": "",
  },
};

const PIP: Written = {
  needsTwoDashes: true,
  names:
    "abi all-releases allow-all-external allow-external allow-unverified break-system-packages build build-constraint build-dir build-directory build-option cache-dir cert " +
    "check-build-dependencies client-cert compile config-setting config-settings constraint debug default-timeout dest destination-dir destination-directory " +
    "disable-pip-version-check download download-cache download-dir download-directory dry-run editable egg exists-action extra-index-url find-links force-reinstall format global-option group " +
    "hash help ignore-installed ignore-requires-python implementation index-url install-option isolated keyring-provider local local-log log log-file mirrors " +
    "no-allow-external no-allow-insecure no-binary no-build-isolation no-cache-dir no-clean no-color no-compile no-dependencies no-deps no-download no-index no-input " +
    "no-install no-python-version-warning no-use-pep517 no-use-wheel no-verify no-warn-conflicts no-warn-script-location only-binary only-final platform pre prefer-binary prefix " +
    "process-dependency-links progress-bar proxy pypi-url python python-version quiet report require-hashes require-venv require-virtualenv requirement requirements-from-script " +
    "retries root root-user-action skip-requirements-regex source source-dir source-directory src target timeout trusted-host upgrade upgrade-strategy uploaded-prior-to use-deprecated use-feature " +
    "use-mirrors use-pep517 use-wheel user verbose version wheel-dir allow-insecure",
  abbreviates: true,
  valued: "--global-option --install-option --build-option -C --config-settings --config-setting",
  instead: {
    requirements: "--requirement",
    "nocache-dir": "--no-cache-dir",
    "no-cached": "--no-cache-dir",
    "no-install-recommends": "",
    "assume-yes": "",
    yes: "",
  },
};

/** GNU's, with those of BusyBox among them. */
const gnu = (names: string): Written => ({ names: `${names} help version`, abbreviates: true });

/**
 * From the programs' own help (versions as in `program-commands.ts`; curl 7.88 and 8.17, wget 1.21, tar 1.34, coreutils 9.1, shadow 4.13, adduser
 * 3.134), where a slip of each was tried too, 2026-11. apk ignores what it does not know up to Alpine 3.13.
 */
const written: Readonly<Record<string, readonly Written[]>> = {
  "apt-get": [APT],
  apt: [APT],
  dnf: [RPM],
  yum: [RPM],
  apk: [
    {
      needsTwoDashes: true,
      names:
        "all allow-untrusted arch available cache-dir cache-max-age cache-packages cache-predownload check-certificate clean-protected depends description " +
        "directory-permissions force force-binary-stdout force-broken-world force-missing-repositories force-no-chroot force-non-repository force-old-apk " +
        "force-overwrite force-refresh from help ignore initdb initramfs-diskless-boot installed interactive keys-dir latest legacy-info logfile network " +
        "no-cache no-check-certificate no-chown no-commit-hooks no-interactive no-logfile no-network no-progress no-scripts no-self-upgrade " +
        "orphaned overlay-from-stdin preserve-env print-arch progress progress-fd provides prune purge quiet rdepends recursive reinstall repositories-file " +
        "repository repository-config root root-tmpfs self-upgrade-only simulate timeout uid update-cache upgrade update upgradable usermode uvol-manager " +
        "verbose version virtual wait world xattr xattrs",
      abbreviates: true,
      noLetters: "y",
      commands: "add del update upgrade fix cache",
      valued: "-t --virtual -X --repository -p --root",
      instead: { yes: "", "assume-yes": "", "no-install-recommends": "", "no-recommends": "" },
    },
  ],
  zypper: [
    {
      names:
        "all allow-arch-change allow-downgrade allow-name-change allow-unsigned-rpm allow-vendor-change auto-agree-with-licenses " +
        "auto-agree-with-product-licenses best-effort build-deps-only cache-dir capability clean-deps color config debug-solver details disable-repositories " +
        "disable-system-resolvables download download-as-needed download-in-advance download-in-heaps download-only dry-run force force-build force-download force-resolution from " +
        "gpg-auto-import-keys gpgcheck gpgcheck-allow-unsigned help ignore-unknown installroot match-exact metadata name no-abbrev no-allow-arch-change " +
        "no-allow-downgrade no-allow-name-change no-allow-vendor-change no-build-deps no-cd no-clean-deps no-color no-confirm no-force-resolution no-gpg-checks " +
        "no-gpgcheck no-recommends no-refresh no-remote non-interactive non-interactive-include-reboot-patches oldpackage pkg-cache-dir plus-content plus-repo priority " +
        "promptids quiet raw-cache-dir raw-metadata recommends recurse releasever replacefiles repo reposd-dir root services skip-interactive skip-not-applicable-patches solv-cache-dir solver-focus " +
        "table-style terse type updatestack-only userdata verbose version with-interactive with-update xmlout refresh check keep-packages no-check",
      instead: { yes: "--no-confirm", assumeyes: "--no-confirm", "no-install-recommends": "--no-recommends" },
    },
  ],
  pip: [
    { ...PIP, noLetters: "y", commands: "install download wheel" },
    { ...PIP, names: `${PIP.names} yes`, commands: "uninstall", instead: { "assume-yes": "--yes" } },
  ],
  npm: [
    {
      names:
        "_auth access all also always-auth allow-same-version audit audit-level auth-type before bin-links browser build-from-source ca cache cache-lock-retries " +
        "cache-lock-stale cache-lock-wait cache-max cache-min cafile call cert ci-name cidr color commit-hooks cpu depth desc description dev diff disturl dry-run editor engine-strict " +
        "expect-result-count expect-results fetch-retries fetch-retry-factor fetch-retry-maxtimeout fetch-retry-mintimeout fetch-timeout force foreground-scripts " +
        "format-package-lock fund git git-tag-version global global-style globalconfig ham-it-up heading help https-proxy if-present ignore-prepublish ignore-scripts " +
        "include include-staged include-workspace-root install-links install-strategy json key legacy-bundling legacy-peer-deps libc link local " +
        "local-address location lockfile-version loglevel logs-dir logs-max long maxsockets message metrics-registry min-release-age node-gyp node-options node-version " +
        "nodedir noproxy offline omit omit-lockfile-registry-resolved only optional os otp package package-lock package-lock-only parseable prefer-dedupe " +
        "prefer-offline prefer-online prefix preid prod production progress provenance proxy python quiet read-only rebuild-bundle registry " +
        "replace-registry-host rollback runtime save save-bundle save-dev save-exact save-optional save-peer save-prefix save-prod scope script-shell " +
        "scripts-prepend-node-path searchlimit send-metrics shell shrinkwrap silent strict-peer-deps strict-ssl tag target target_arch timing tmp umask unicode " +
        "unsafe-perm update-notifier usage user user-agent userconfig verbose version versions viewer which workspace workspaces workspaces-update yes allow-scripts " +
        "allow-git sse loglevel arch target_platform force-process-config verify",
      abbreviates: true,
      negates: true,
      commands: "install i ci add clean-install install-clean prune update",
      instead: {
        "frozen-lockfile": "",
        "prefer-frozen-lockfile": "",
        "pure-lockfile": "--no-package-lock",
        "no-lockfile": "--no-package-lock",
        immutable: "",
        "production-only": "--omit=dev",
        "only-production": "--omit=dev",
        "only-prod": "--omit=dev",
        "omit-dev": "--omit=dev",
        "no-dev": "--omit=dev",
        "non-interactive": "",
        "ignore-engines": "",
        "ignore-optional": "--omit=optional",
      },
      unknown: "ignores",
    },
  ],
  yarn: [
    {
      names:
        "all audit cache-folder cached caret check-cache check-files check-resolutions cwd dev disable-pnp emoji enable-pnp exact fixed flat focus force " +
        "frozen-lockfile global global-folder har help https-proxy ignore-engines ignore-optional ignore-platform ignore-scripts ignore-workspace-root-check immutable immutable-cache " +
        "inline-builds interactive json link-duplicates link-folder mode modules-folder mutex network-concurrency network-timeout no-bin-links no-default-rc " +
        "no-lockfile no-node-version-check no-progress non-interactive offline optional otp peer pnp prefer-dev prefer-offline preferred-cache-folder prod production proxy " +
        "pure-lockfile quiet refresh-lockfile registry save save-dev save-exact save-optional save-peer save-tilde scripts-prepend-node-path silent skip-builds " +
        "skip-integrity-check strict-semver tilde top-level update-checksums use-yarnrc verbose version ignore-workspace-root-check no-emoji bin-links lockfile progress no-time-gate " +
        "no-audit no-fund no-optional",
      commands: "install add",
      instead: {
        omit: "--production",
        "no-dev": "--production",
        "production-only": "--production",
        "package-lock": "",
      },
      unknown: "may fail",
    },
  ],
  pnpm: [
    {
      names:
        "aggregate-output allow-build changed-files-ignore-pattern child-concurrency ci color config cpu dangerously-allow-all-builds dev dir engine-strict fail-if-no-match filter filter-prod fix-lockfile force " +
        "fetch-retries fetch-timeout frozen-lockfile frozen-shrinkwrap global global-bin-dir global-dir git-branch-lockfile help hoist hoist-pattern ignore-pnpmfile ignore-scripts ignore-workspace ignore-workspace-root-check ignored-optional-dependencies " +
        "independent-leaves inject-workspace-packages legacy libc link-workspace-packages lockfile lockfile-dir lockfile-directory lockfile-only loglevel merge-git-branch-lockfiles modules-dir network-concurrency " +
        "no-optional node-linker node-version npmrc-auth-file offline only optimistic-repeat-install optional os package-import-method parallel prefer-frozen-lockfile prefer-frozen-shrinkwrap prefer-offline " +
        "pnpmfile prod production public-hoist-pattern recursive registry reporter resolution-only resolution-mode save save-catalog save-catalog-name save-dev save-exact save-optional save-peer save-prefix save-prod " +
        "save-workspace-protocol shamefully-flatten shamefully-hoist shared-workspace-lockfile side-effects-cache side-effects-cache-readonly silent sort store store-dir stream strict-peer-dependencies " +
        "supported-architectures test-pattern trust-lockfile trust-policy trust-policy-exclude trust-policy-ignore-after unsafe-perm update-checksums use-beta-cli use-running-store-server use-stderr use-store-server verify-store-integrity version virtual-store-dir " +
        "workspace workspace-concurrency workspace-packages workspace-root yes reverse if-present long auto-install-peers dedupe-peer-dependents use-node-version confirm-modules-purge enable-pre-post-scripts",
      abbreviates: true,
      negates: true,
      commands: "install i add fetch ci",
      instead: {
        omit: "--prod",
        immutable: "--frozen-lockfile",
        "production-only": "--prod",
        "only-production": "--prod",
        "omit-dev": "--prod",
        "pure-lockfile": "--frozen-lockfile",
      },
    },
  ],
  composer: [
    {
      needsTwoDashes: true,
      names:
        "add-repository ansi apcu apcu-autoloader apcu-autoloader-prefix apcu-prefix ask audit audit-format bump-after-update classmap-authoritative dev dev-only download-only dry-run " +
        "fixed help ignore-platform-req ignore-platform-reqs install interactive keep-vcs lock minimal-changes no-ansi no-audit no-autoloader no-blocking no-cache no-custom-installers " +
        "no-dev no-install no-interaction no-plugins no-progress no-scripts no-secure-http no-security-blocking no-source-fallback no-suggest no-update optimize optimize-autoloader patch-only prefer-dist " +
        "prefer-install prefer-lowest prefer-source prefer-stable profile quiet remove-vcs repository repository-url root-reqs silent sort-packages source-fallback stability " +
        "strict-ambiguous strict-psr unused update-no-dev update-with-all-dependencies update-with-dependencies verbose version with " +
        "with-all-dependencies with-dependencies working-dir",
      noLetters: "y",
      commands: "install i update u upgrade require dump-autoload dumpautoload create-project",
      valued: "-d --working-dir",
      instead: {
        nodev: "--no-dev",
        production: "--no-dev",
        prod: "--no-dev",
        yes: "--no-interaction",
        "non-interactive": "--no-interaction",
      },
    },
  ],
  bundle: [
    {
      names:
        "all all-platforms binstubs bundler cache-path clean conservative deployment dry-run force frozen full-index gemfile group help install jobs local local-override lockfile " +
        "major minor no-binstubs no-cache no-clean no-color no-frozen no-install no-local no-prune no-quiet patch path pre prefer-local quiet redownload require retry ruby shebang source standalone strict " +
        "system target-rbconfig trust-policy verbose version with without no-full-index no-deployment no-system no-verbose checksum",
      commands: "install i update clean package pack cache check",
      instead: { production: "", job: "--jobs", retries: "--retry" },
    },
  ],
  gem: [
    {
      names:
        "all attestation backtrace bindir both build-flags build-jobs build-root bulk-threshold check-development clear-sources config-file conservative debug default development development-all document env-shebang " +
        "explain expand file force format-executable help http-proxy ignore-dependencies install-as-default install-dir local lock minimal-deps norc platform post-install-message prerelease " +
        "quiet remote ruby silent source suggestions system target-rbconfig trust-policy update-sources use-exact-version user-install vendor verbose version " +
        "with-extension-lib without wrappers abort-on-dependent executables rdoc ri use-system-libraries http-proxy",
      abbreviates: true,
      negates: true,
      noLetters: "y",
      commands: "install i update",
      // RubyGems 3 has no more of the first two.
      instead: {
        "no-ri": "--no-document",
        "no-rdoc": "--no-document",
        "no-docs": "--no-document",
        nodoc: "--no-document",
        yes: "",
      },
    },
  ],
  cargo: [
    {
      needsTwoDashes: true,
      names:
        "all all-features all-targets artifact-dir bench benches bin bins branch color config crate-type debug doc dry-run example examples exclude features force frozen " +
        "future-incompat-report git help ignore-rust-version index jobs keep-going lib list locked manifest-path message-format no-default-features no-deps no-fail-fast no-run no-track offline " +
        "out-dir package path print profile quiet registry release rev root tag target target-dir test tests timings unit-graph verbose version workspace build-plan open " +
        "document-private-items lockfile-path compile-time-deps root-dir",
      commands: "build b install test t run r fetch check c clean doc bench",
      valued: "--config -Z",
      instead: { feature: "--features" },
    },
  ],
  go: [
    {
      names:
        "a asan asmflags buildmode buildvcs C compiler cover covermode coverpkg debug-actiongraph debug-runtime-trace debug-trace gccgoflags gcflags h help installsuffix json ldflags linkshared mod modcacherw modfile msan n o " +
        "overlay p pgo pkgdir race t tags toolexec trimpath u v work x d f fix insecure tool",
      oneDash: true,
      commands: "build install get",
      valued:
        "-asmflags -buildmode -compiler -covermode -coverpkg -gccgoflags -gcflags -installsuffix -ldflags -mod -modfile -o -overlay -p -pgo -pkgdir -tags -toolexec -C",
    },
  ],
  poetry: [
    {
      names:
        "all-extras all-groups allow-prereleases ansi clean compile config-settings dev directory dry-run editable extras format group help local-version lock markers no-ansi no-cache no-dev no-directory no-interaction no-plugins " +
        "no-root no-update only only-root optional output platform project python quiet regenerate remove-untracked source sync verbose version with " +
        "with-credentials without without-hashes without-urls",
      commands: "install export add build lock update",
      instead: {
        production: "--only=main",
        "no-input": "--no-interaction",
        "non-interactive": "--no-interaction",
      },
    },
  ],
  git: [
    {
      names:
        "also-filter-submodules bare branch bundle-uri checkout config depth dissociate filter hardlinks help ipv4 ipv6 jobs local mirror naked origin progress " +
        "quiet recurse-submodules recursive ref-format reference reference-if-able reject-shallow remote-submodules revision separate-git-dir server-option shallow-exclude shallow-since " +
        "shallow-submodules shared single-branch sparse tags template upload-pack verbose no-checkout no-hardlinks no-tags",
      abbreviates: true,
      negates: true,
      commands: "clone",
      valued: "-c --config -C",
    },
  ],
  curl: [
    {
      names:
        "abstract-unix-socket alt-svc anyauth append aws-sigv4 basic ca-native cacert capath cert cert-status cert-type ciphers compressed compressed-ssh config connect-timeout connect-to continue-at cookie " +
        "cookie-jar create-dirs create-file-mode crlf crlfile curves data data-ascii data-binary data-raw data-urlencode delegation digest disable disable-eprt " +
        "disable-epsv disallow-username-in-url dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-cert-status doh-insecure doh-url dump-ca-embed dump-header ech egd-file engine etag-compare " +
        "etag-save eprt epsv expect100-timeout fail fail-early fail-with-body false-start follow form form-escape form-string ftp-account ftp-alternative-to-user ftp-create-dirs " +
        "ftp-method ftp-pasv ftp-port ftp-pret ftp-skip-pasv-ip ftp-ssl ftp-ssl-ccc ftp-ssl-ccc-mode ftp-ssl-control ftp-ssl-reqd get globoff happy-eyeballs-timeout-ms " +
        "haproxy-clientip haproxy-protocol head header help hostpubmd5 hostpubsha256 hsts http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length include insecure " +
        "interface ip-tos ipfs-gateway ipv4 ipv6 json junk-session-cookies keepalive keepalive-cnt keepalive-time key key-type knownhosts krb krb4 libcurl limit-rate list-only local-port location location-trusted " +
        "login-options mail-auth mail-from mail-rcpt mail-rcpt-allowfails manual max-filesize max-redirs max-time metalink mptcp negotiate netrc netrc-file netrc-optional " +
        "next alpn buffer clobber npn progress-meter sessionid noproxy ntlm ntlm-wb oauth2-bearer out-null output output-dir parallel " +
        "parallel-immediate parallel-max parallel-max-host pass path-as-is pinnedpubkey post301 post302 post303 preproxy progress-bar proto proto-default proto-redir proxy proxy-anyauth proxy-basic " +
        "proxy-ca-native proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-digest proxy-header proxy-http2 proxy-http3 proxy-insecure proxy-key proxy-key-type proxy-negotiate " +
        "proxy-ntlm proxy-pass proxy-pinnedpubkey proxy-service-name proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tls13-ciphers proxy-tlsauthtype " +
        "proxy-tlspassword proxy-tlsuser proxy-tlsv1 proxy-user proxy1.0 proxytunnel pubkey quote random-file range rate raw referer remote-header-name remote-name " +
        "remote-name-all remote-time remove-on-error request request-target resolve retry retry-all-errors retry-connrefused retry-delay retry-max-time sasl-authzid sasl-ir " +
        "service-name show-error show-headers sigalgs silent skip-existing socks4 socks4a socks5 socks5-basic socks5-gssapi socks5-gssapi-nec socks5-gssapi-service socks5-hostname speed-limit speed-time ssl " +
        "ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort ssl-sessions sslv2 sslv3 stderr styled-output suppress-connect-headers tcp-fastopen " +
        "tcp-nodelay telnet-option tftp-blksize tftp-no-options time-cond tls-earlydata tls-max tls13-ciphers tlsauthtype tlspassword tlsuser tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 " +
        "tr-encoding trace trace-ascii trace-config trace-ids trace-time unix-socket upload-file upload-flags url url-query use-ascii user user-agent variable verbose version vlan-priority write-out xattr",
      abbreviates: true,
      negates: true,
      valued:
        "-H --header -d --data --data-raw --data-binary --data-urlencode --data-ascii --json -F --form -A --user-agent -u --user -w --write-out -e --referer -o --output",
      instead: {
        quiet: "--silent",
        fsSL: "-fsSL",
        "no-check-certificate": "--insecure",
        "output-document": "--output",
        "output-file": "--output",
      },
    },
  ],
  wget: [
    {
      names:
        "accept accept-regex adjust-extension append-output ask-password auth-no-challenge background backup-converted backups base bind-address bind-dns-address body-data body-file " +
        "ca-certificate ca-directory cache certificate certificate-type check-certificate choose-config ciphers clobber compression config connect-timeout content-disposition content-on-error continue " +
        "convert-file-only convert-links cookies crl-file cut-dirs debug default-page delete-after directories directory-prefix dns-cache dns-servers dns-timeout domains egd-file exclude-directories " +
        "exclude-domains execute filter-urls follow-ftp follow-tags force-directories force-html ftp-password ftp-stmlf ftp-user ftps-clear-data-connection ftps-fallback-to-ftp ftps-implicit " +
        "ftps-resume-ssl glob header help host-directories hsts hsts-file html-extension htmlify http-keep-alive http-passwd http-password http-user https-only if-modified-since ignore-case ignore-length " +
        "ignore-tags include-directories inet4-only inet6-only input-file input-metalink iri keep-badhash keep-session-cookies level limit-rate load-cookies local-encoding max-redirect " +
        "max-threads metalink-index metalink-over-http method mirror netrc no no-cache no-check-certificate no-clobber no-config no-cookies no-directories no-dns-cache no-glob no-host-directories no-hsts no-http-keep-alive " +
        "no-if-modified-since no-iri no-netrc no-parent no-passive-ftp no-proxy no-remove-listing no-use-server-timestamps no-verbose output-document output-file page-requisites parent passive-ftp password " +
        "pinnedpubkey post-data post-file prefer-family preferred-location preserve-permissions private-key private-key-type progress protocol-directories proxy proxy-passwd proxy-password " +
        "proxy-user quiet quota random-file random-wait read-timeout recursive referer regex-type reject reject-regex rejected-log relative remote-encoding remove-listing report-speed " +
        "restrict-file-names retr-symlinks retry-connrefused retry-on-host-error retry-on-http-error save-cookies save-headers secure-protocol server-response show-progress span-hosts spider " +
        "start-pos strict-comments timeout timestamping tries trust-server-names unlink use-askpass use-server-timestamps user user-agent verbose verify-sig version wait waitretry " +
        "warc-cdx warc-compression warc-dedup warc-digests warc-file warc-header warc-keep-log warc-max-size warc-tempdir xattr",
      abbreviates: true,
      negates: true,
      noLetters: "f",
      valued: "--header --post-data -U --user-agent -e -O",
      instead: {
        silent: "--quiet",
        insecure: "--no-check-certificate",
        output: "--output-document",
        location: "",
        fail: "",
      },
    },
  ],
  tar: [
    gnu(
      "absolute-names acls add-file after-date anchored append atime-preserve auto-compress backup block-number blocking-factor bzip2 bzip catenate check-device check-links checkpoint checkpoint-action " +
        "clamp-mtime compare compress concatenate confirmation create delay-directory-restore delete dereference diff directory exclude exclude-backups exclude-caches exclude-caches-all " +
        "exclude-caches-under exclude-from exclude-ignore exclude-ignore-recursive exclude-tag exclude-tag-all exclude-tag-under exclude-vcs exclude-vcs-ignores extract file " +
        "files-from force-local format full-time get group group-map gunzip gzip hard-dereference hole-detection ignore-case ignore-command-error ignore-failed-read ignore-zeros incremental index-file " +
        "info-script interactive keep-directory-symlink keep-newer-files keep-old-files label level list listed-incremental lzip lzma lzop mode mtime multi-volume new-volume-script newer newer-mtime " +
        "no-acls no-anchored no-auto-compress no-check-device no-delay-directory-restore no-ignore-case no-ignore-command-error no-null no-overwrite-dir no-quote-chars no-recursion no-same-owner " +
        "no-same-permissions no-seek no-selinux no-unquote no-verbatim-files-from no-wildcards no-wildcards-match-slash no-xattrs null numeric-owner occurrence old-archive one-file-system one-top-level " +
        "overwrite overwrite-dir owner owner-map pax-option portability posix preserve preserve-order preserve-permissions quote-chars quoting-style read-full-records record-size recursion recursive-unlink remove-files " +
        "restrict rmt-command rsh-command same-order same-owner same-permissions seek selinux set-mtime-command set-mtime-format show-defaults show-omitted-dirs show-snapshot-field-ranges show-stored-names show-transformed-names skip-old-files " +
        "sort sparse sparse-version starting-file strip-components suffix tape-length test-label to-command to-stdout totals touch transform uncompress ungzip unlink-first unquote update usage " +
        "use-compress-program utc verbatim-files-from verbose verify volno-file warning wildcards wildcards-match-slash xattrs xattrs-exclude xattrs-include xform xz zstd",
    ),
  ],
  useradd: [
    gnu(
      "add-subids-for-system badname badnames base-dir btrfs-subvolume-home comment create-home defaults expiredate force-badname gid groups home home-dir inactive key no-create-home " +
        "no-log-init no-user-group non-unique password prefix root selinux-range selinux-user shell skel system uid user-group",
    ),
  ],
  groupadd: [gnu("force gid key non-unique password prefix root system users")],
  usermod: [
    gnu(
      "add-subgids add-subuids append badname comment del-subgids del-subuids expiredate gid groups home inactive lock login move-home non-unique password prefix remove root " +
        "selinux-range selinux-user shell uid unlock",
    ),
  ],
  adduser: [
    {
      // Debian's and BusyBox's; where adduser is another name of useradd, its too.
      names:
        "add-extra-groups add_extra_groups allow-all-names allow-bad-names allow-badname badname badnames base-dir comment conf create-home debug defaults disabled-login disabled-password encrypt-home " +
        "expiredate firstgid firstuid force-badname gecos gid group groups help home home-dir inactive ingroup key lastgid lastuid logmsglevel no-create-home no-log-init " +
        "no-user-group non-unique password prefix quiet root selinux-user shell skel stderrmsglevel stdoutmsglevel system uid user-group verbose version",
      abbreviates: true,
      valued: "--gecos --comment -g -c",
    },
  ],
  mkdir: [gnu("context mode parents verbose")],
  rm: [gnu("dir force interactive no-preserve-root one-file-system preserve-root recursive verbose")],
  chmod: [
    gnu(
      "changes dereference no-dereference no-preserve-root preserve-root quiet recursive reference silent verbose",
    ),
  ],
  chown: [
    gnu(
      "changes dereference from no-dereference no-preserve-root preserve-root quiet recursive reference silent verbose",
    ),
  ],
  ln: [
    gnu(
      "backup directory force interactive logical no-dereference no-target-directory physical relative suffix symbolic target-directory verbose",
    ),
  ],
  cp: [
    gnu(
      "archive attributes-only backup context copy-contents debug dereference force interactive keep-directory-symlink link no-clobber no-dereference no-preserve " +
        "no-target-directory one-file-system parents path preserve recursive reflink remove-destination sparse strip-trailing-slashes suffix symbolic-link target-directory update verbose",
    ),
  ],
};

const EMPTY: ReadonlySet<string> = new Set();

/** By the name of the program; `python -m pip` is `pip`. The first that has the command of a call counts. */
export const knownOptions: ReadonlyMap<string, readonly KnownOptions[]> = new Map(
  Object.entries(written).map(([program, all]) => [program, all.map(read)]),
);

function read(it: Written): KnownOptions {
  return {
    names: optionSet(it.names),
    abbreviates: it.abbreviates === true,
    negates: it.negates === true,
    oneDash: it.oneDash === true,
    needsTwoDashes: it.needsTwoDashes === true,
    noLetters: it.noLetters ?? "",
    commands: it.commands === undefined ? EMPTY : optionSet(it.commands),
    valued: it.valued === undefined ? EMPTY : optionSet(it.valued),
    instead: new Map(Object.entries(it.instead ?? {})),
    unknown: it.unknown ?? "fails",
  };
}
