import type { VisibleEntry } from "../stack.ts";
import type { CachePlace } from "./package-caches.ts";
import type { StartedProgram } from "./started-program.ts";

/**
 * What compiles and does nothing for a program that is compiled: paths of Debian's, Alpine's and Fedora's packages, of Go's archive and
 * of rustup. Shared libraries are never among them: programs load these.
 */
const TOOLS: readonly { readonly owner: string; readonly path: RegExp }[] = [
  { owner: "gcc", path: /^(\/usr\/(?:lib|libexec)\/gcc)\/.+/ },
  {
    owner: "gcc",
    path: /^(\/usr\/(?:local\/)?bin)\/(?:[\w]+-[\w-]*linux-[a-z]+-)?(?:gcc|g\+\+|c\+\+|cpp|cc|gcov(?:-\w+)?|lto-dump|gcc-(?:ar|nm|ranlib))(?:-\d+(?:\.\d+)*)?$/,
  },
  {
    owner: "binutils",
    path: /^(\/usr\/bin)\/(?:[\w]+-[\w-]*linux-[a-z]+-)?(?:ld(?:\.bfd|\.gold)?|as|gold|dwp|gprofng|gprof|objdump|objcopy|ranlib|ar|nm|readelf|strip)$/,
  },
  { owner: "clang", path: /^(\/usr\/lib\/llvm-?\d+\/bin)\/.+/ },
  { owner: "CMake", path: /^(\/usr\/(?:bin|share))\/(?:cmake|ctest|cpack)(?:$|-\d|\/)/ },
  { owner: "make", path: /^(\/usr\/bin)\/(?:make|gmake|ninja)$/ },
  { owner: "headers", path: /^(\/usr\/(?:local\/)?include)\/.+/ },
  { owner: "static libraries", path: /^(\/(?:usr\/)?(?:local\/)?lib(?:64)?)\/.+\.l?a$/ },
  // Programs of Go read time zones there where the system has none.
  { owner: "Go", path: /^(\/usr\/local\/go)\/(?!lib\/time\/).+/ },
  { owner: "Go", path: /^(\/usr\/(?:lib|share)\/go(?:-[\d.]+)?)\/.+/ },
  { owner: "Rust", path: /^((?:\/.+)?\/\.?rustup\/toolchains)\/.+/ },
];

/** Of a JDK, what a running program never reads: modules for jlink, and the sources. */
const JDK = /^((?:\/.+)?\/(?:jmods|lib))\/(?:[\w.]+\.jmod|src\.zip)$/;

/** Python packages that call a compiler while they run. */
const COMPILING =
  /\/(?:site|dist)-packages\/(?:torch|triton|numba|tensorflow|jax|theano|pytensor|pyximport|Cython|cffi|jupyter\w*|ipykernel|ray|pythran|cupy|llama_cpp)\//;

/** Says of a path whether it is a tool for building that nothing in this image needs. */
export function buildToolsOf(
  started: StartedProgram | undefined,
  visible: ReadonlyMap<string, VisibleEntry>,
): (path: string) => CachePlace | undefined {
  if (!started) return () => undefined;
  if (started.runtime === "java")
    return (path) => {
      const place = JDK.exec(path)?.[1];
      return place === undefined ? undefined : { owner: "JDK", place };
    };
  if (started.runtime === "python" && [...visible.keys()].some((it) => COMPILING.test(it)))
    return () => undefined;
  return (path) => {
    if (path === started.path) return undefined;
    for (const { owner, path: pattern } of TOOLS) {
      const place = pattern.exec(path)?.[1];
      if (place !== undefined) return { owner, place };
    }
    return undefined;
  };
}
