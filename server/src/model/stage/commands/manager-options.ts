import { optionSet } from "./command-family.ts";

/**
 * Options of package managers that take the next word, those of the program and of its verbs together. From apk(8),
 * apt-get(8), aptitude(8), dnf(8), yum(8), zypper(8), `pip install --help`, `npm help config`, `gem help install` and
 * `go help build` (read 2026-11).
 */
export const APK_VALUED = optionSet(
  "-t --virtual -X --repository -p --root --keys-dir --repositories-file --wait --arch --cache-dir --cache-max-age " +
    "--progress-fd --timeout",
);

export const APT_VALUED = optionSet(
  "-o --option -t --target-release --default-release -c --config-file -a --host-architecture -P --build-profiles " +
    "--solver",
);

export const DNF_VALUED = optionSet(
  "-c --config -x --exclude --excludepkgs --enablerepo --disablerepo --repo --repoid --setopt --releasever " +
    "--installroot -d --debuglevel -e --errorlevel -R --randomwait --rpmverbosity --comment --forcearch --advisory " +
    "--advisories --bz --bzs --cve --cves --sec-severity --secseverity --color --disableexcludes " +
    "--disableexcludepkgs --disableplugin --enableplugin --repofrompath --destdir --downloaddir --from-repo --arch",
);

export const ZYPPER_VALUED = optionSet(
  "-c --config -R --root --installroot --cache-dir --reposd-dir --solv-cache-dir --raw-cache-dir --pkg-cache-dir " +
    "-p --plus-repo --plus-content --releasever --userdata -t --type -r --repo --from --download --solver-focus",
);

export const PIP_VALUED = optionSet(
  "-w --wheel-dir -d --dest --destination-directory -r --requirement -c --constraint -e --editable -t --target --platform --python-version --implementation --abi " +
    "--prefix --root --src -b --build -i --index-url --extra-index-url -f --find-links --no-binary --only-binary " +
    "--progress-bar --proxy --retries --timeout --exists-action --trusted-host --cert --client-cert --cache-dir " +
    "--log --upgrade-strategy --global-option --install-option --build-option -C --config-settings " +
    "--config-setting --use-feature --use-deprecated --report --python --keyring-provider --root-user-action " +
    "--hash --group",
);

/** Those of yarn, pnpm and bun too. */
export const NPM_VALUED = optionSet(
  "--prefix -C --cwd --dir --registry --loglevel --cache --filter -F --workspace -w --cache-folder " +
    "--network-timeout --mutex --tag --omit --include --only --userconfig --globalconfig --proxy --https-proxy " +
    "--noproxy --fetch-retries --fetch-timeout --fetch-retry-mintimeout --fetch-retry-maxtimeout --maxsockets " +
    "--script-shell --install-strategy --os --cpu --libc --location -L --before --network-concurrency " +
    "--node-options --cafile --ca --scope --save-prefix --modules-folder --otp",
);

export const GEM_VALUED = optionSet(
  "-v --version -i --install-dir -n --bindir -p --http-proxy -s --source -P --trust-policy -B --bulk-threshold " +
    "--build-root --platform -g --file --without --target-rbconfig --use-system-libraries",
);

/** docs.conda.io/projects/conda/en/stable/commands/install.html, read 2026-11. */
export const CONDA_VALUED = optionSet(
  "-n --name -p --prefix -c --channel -f --file --revision --repodata-fn --experimental --solver --subdir --platform",
);

export const PECL_VALUED = optionSet(
  "-R --installroot -P --packagingroot -D --configureoptions -c -C -d -u --installrootdir",
);

export const GO_VALUED = optionSet(
  "-o -p -C -asmflags -buildmode -compiler -covermode -coverpkg -gccgoflags -gcflags -installsuffix -ldflags -mod " +
    "-modfile -overlay -pgo -pkgdir -tags -toolexec -exec",
);
