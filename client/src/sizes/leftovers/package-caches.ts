/** Where something belongs to. */
export interface CachePlace {
  /** The tool whose cache it is, as users name it. */
  readonly owner: string;
  /** The cache's own directory, absolute. */
  readonly place: string;
}

interface Cache {
  readonly owner: string;
  /** Matches paths in the cache; the first group is its directory. */
  readonly path: RegExp;
  /** What compiles needs it; what was compiled does not. Told of images only of which it is certain what they start. */
  readonly isForBuilds?: true;
}

/**
 * Directories that package managers and compilers fill for their own next run, from their documentation of directories (apt(8),
 * apk(8), dnf.conf(5), zypper(8), pacman(8), npm-config(7), "yarn cache", "pnpm store", pip "Caching", uv, poetry, go help cache,
 * Cargo home, Maven, Gradle, Composer, Bundler, NuGet, node-gyp; read 2026-11).
 */
const CACHES: readonly Cache[] = [
  { owner: "apt", path: /^(\/var\/lib\/apt\/lists)\/(?!lock$).+/ },
  { owner: "apt", path: /^(\/var\/cache\/apt)\/(archives\/.+\.deb$|(src)?pkgcache\.bin$)/ },
  { owner: "apk", path: /^(\/var\/cache\/apk|\/etc\/apk\/cache)\/.+/ },
  { owner: "dnf", path: /^(\/var\/cache\/(?:dnf|libdnf5))\/.+/ },
  { owner: "yum", path: /^(\/var\/cache\/yum)\/.+/ },
  { owner: "zypper", path: /^(\/var\/cache\/zypp)\/.+/ },
  { owner: "pacman", path: /^(\/var\/cache\/pacman\/pkg)\/.+/ },
  { owner: "npm", path: /^((?:\/.+)?\/\.npm\/_cacache)\/.+/ },
  { owner: "node-gyp", path: /^((?:\/.+)?\/\.cache\/node-gyp)\/.+/ },
  { owner: "yarn", path: /^((?:\/.+)?\/\.cache\/yarn)\/.+/ },
  { owner: "yarn", path: /^(\/(?:root|home\/[^/]+)\/\.yarn\/berry\/cache)\/.+/ },
  { owner: "pnpm", path: /^((?:\/.+)?\/\.local\/share\/pnpm\/store)\/.+/ },
  { owner: "bun", path: /^((?:\/.+)?\/\.bun\/install\/cache)\/.+/ },
  { owner: "pip", path: /^((?:\/.+)?\/\.cache\/pip)\/.+/ },
  { owner: "uv", path: /^((?:\/.+)?\/\.cache\/uv)\/.+/ },
  { owner: "Poetry", path: /^((?:\/.+)?\/\.cache\/pypoetry\/(?:artifacts|cache))\/.+/ },
  { owner: "Pipenv", path: /^((?:\/.+)?\/\.cache\/pipenv)\/.+/ },
  { owner: "conda", path: /^((?:\/.+)?\/(?:miniconda|anaconda|miniforge|mambaforge|conda)3?\/pkgs)\/.+/ },
  { owner: "Composer", path: /^((?:\/.+)?\/\.(?:composer\/cache|cache\/composer))\/.+/ },
  { owner: "gem", path: /^(\/usr\/local\/bundle\/cache|(?:\/.+)?\/gems\/[\d.]+\/cache)\/.+\.gem$/ },
  { owner: "Bundler", path: /^((?:\/.+)?\/\.bundle\/cache)\/.+/ },
  { owner: "NuGet", path: /^((?:\/.+)?\/\.local\/share\/NuGet\/(?:v3-cache|http-cache))\/.+/ },
  { owner: "NuGet", path: /^((?:\/.+)?\/\.nuget\/packages)\/.+/, isForBuilds: true },
  { owner: "go", path: /^((?:\/.+)?\/\.cache\/go-build)\/.+/, isForBuilds: true },
  { owner: "go", path: /^((?:\/.+)?\/go\/pkg\/mod)\/.+/, isForBuilds: true },
  { owner: "cargo", path: /^((?:\/.+)?\/\.?cargo\/(?:registry|git))\/.+/, isForBuilds: true },
  { owner: "Maven", path: /^((?:\/.+)?\/\.m2\/repository)\/.+/, isForBuilds: true },
  { owner: "Gradle", path: /^((?:\/.+)?\/\.gradle\/(?:caches|wrapper\/dists))\/.+/, isForBuilds: true },
  { owner: "Ivy", path: /^((?:\/.+)?\/\.ivy2\/cache)\/.+/, isForBuilds: true },
];

/** One look instead of thirty at nearly all files of an image. */
const ANY =
  /\/(cache|lists|_cacache|\.cache|store|pkgs|NuGet|packages|mod|registry|git|repository|dists|caches)\//;

/** The package cache that a file is in. `isBuilt`: what the image starts is certainly compiled, or brought by an interpreter. */
export function packageCacheOf(path: string, isBuilt: boolean): CachePlace | undefined {
  if (!ANY.test(path)) return undefined;
  for (const { owner, path: pattern, isForBuilds } of CACHES) {
    const place = isForBuilds && !isBuilt ? undefined : pattern.exec(path)?.[1];
    if (place !== undefined) return { owner, place };
  }
  return undefined;
}
