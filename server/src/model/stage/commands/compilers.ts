import { known, notKnown } from "../../known.ts";
import type { Changes } from "../contents/changes.ts";
import { mayBuildProject } from "../projects/project-build.ts";
import type { Binary } from "../state.ts";
import { type Call, type CommandFamily, pathOf, writeTo } from "./command-family.ts";

/** Writes its `-o`, a.out without, or beside the sources. */
export const cc: CommandFamily = {
  programs: ["gcc", "g++", "cc", "c++", "clang", "clang++", "nvcc", "ld", "ar", "as", "protoc"],
  run(call, changes) {
    const output = outputOf(call);
    const isDefault = !output && isPlainBuild(call);
    const path = output ? pathOf(call, output.operand) : isDefault ? pathOf(call, "a.out") : undefined;
    // Words of one dash do not add up here: `-static` is no `-c`.
    const linksProgram = !call.words.some((it) => NO_PROGRAM.test(it?.split("=")[0] ?? ""));
    if (path !== undefined && LINKING.test(call.program) && linksProgram)
      changes.write(path, "file", { binary: binaryOf(call, changes) });
    else if (call.program !== "protoc" && output) writeTo(call, changes, output.operand);
    else mayBuildProject(call, changes, call.directory);
  },
};

/** `-o app`, `-oapp`; the operand is undefined where it is not known. */
function outputOf({ words }: Call): { readonly operand: string | undefined } | undefined {
  const at = words.indexOf("-o");
  if (at >= 0) return { operand: words[at + 1] };
  const joined = words.find((it) => it?.startsWith("-o"));
  return joined === undefined ? undefined : { operand: joined.slice(2) };
}

const LINKING = /^(gcc|g\+\+|cc|c\+\+|clang|clang\+\+|nvcc)$/;
/**
 * Without them a program is linked; with a file of specs, a linker script or a sysroot anything may be. The last ones are those
 * of nvcc (docs.nvidia.com/cuda/cuda-compiler-driver-nvcc, read 2026-11).
 */
const NO_PROGRAM =
  /^-(c|S|E|shared|r|nostartfiles|nostdlib|nodefaultlibs|ffreestanding|specs|-specs|-sysroot|T|target|-target|ptx|cubin|fatbin|dc|dw|dlink|lib|-ptx|-cubin|-fatbin|-lib|-shared)$/;

/** Sources alone, and options that make nothing but the program. */
function isPlainBuild({ words }: Call): boolean {
  return (
    words.some((it) => it !== undefined && /^[^-].*\.(c|cc|cpp|cxx)$/.test(it)) &&
    words.every((it) => it !== undefined && /^-(static|pthread|std=|[OlLIDWgf])|^[^-@]/.test(it))
  );
}

/** Against the image's own C library, dynamically but for `-static`. */
function binaryOf(call: Call, changes: Changes): Binary {
  const say = (message: string) => ({ ...changes.reason, message });
  const { libc } = call;
  const linkage = (): Binary["linkage"] => {
    if (call.words.includes("-static") || call.words.includes("-static-pie"))
      return known("static", say("-static links it statically"));
    if (call.words.includes(undefined)) return notKnown(say("variables may say how it is linked"));
    if (!libc.known || libc.value === "none") return notKnown(...libc.because);
    return known({ libc: libc.value }, say(`${call.program} links it against ${libc.value}`));
  };
  return { language: "c", linkage: linkage(), builtBy: changes.instruction };
}
