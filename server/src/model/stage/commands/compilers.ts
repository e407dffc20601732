import { known, notKnown } from "../../known.ts";
import type { Changes } from "../contents/changes.ts";
import type { Binary } from "../state.ts";
import { type Call, type CommandFamily, optionSet, pathOf, readWords, writeTo } from "./command-family.ts";

const VALUED = optionSet("-o -I -L -l -D -x");

/** Writes its `-o`, or beside the sources. */
export const cc: CommandFamily = {
  programs: ["gcc", "g++", "cc", "c++", "clang", "clang++", "ld", "ar", "as", "protoc"],
  run(call, changes) {
    const { options } = readWords(call.words, VALUED);
    const path = options.has("-o") ? pathOf(call, options.get("-o")) : undefined;
    if (
      path !== undefined &&
      LINKING.test(call.program) &&
      ![...options.keys()].some((it) => NO_PROGRAM.test(it))
    )
      changes.write(path, "file", { binary: binaryOf(call, options, changes) });
    else if (call.program !== "protoc" && options.has("-o")) writeTo(call, changes, options.get("-o"));
    else changes.mayBuildBelow(call.directory ?? "/");
  },
};

const LINKING = /^(gcc|g\+\+|cc|c\+\+|clang|clang\+\+)$/;
/** Without them a program is linked; with a file of specs, a linker script or a sysroot anything may be. */
const NO_PROGRAM =
  /^-(c|S|E|shared|r|nostartfiles|nostdlib|nodefaultlibs|ffreestanding|specs|-specs|-sysroot|T|target|-target)$/;

/** Against the image's own C library, dynamically but for `-static`. */
function binaryOf(call: Call, options: ReadonlyMap<string, string | undefined>, changes: Changes): Binary {
  const say = (message: string) => ({ ...changes.reason, message });
  const { libc } = call;
  const linkage = (): Binary["linkage"] => {
    if (options.has("-static") || options.has("-static-pie"))
      return known("static", say("-static links it statically"));
    if (call.words.includes(undefined)) return notKnown(say("variables may say how it is linked"));
    if (!libc.known || libc.value === "none") return notKnown(...libc.because);
    return known({ libc: libc.value }, say(`${call.program} links it against ${libc.value}`));
  };
  return { language: "c", linkage: linkage(), builtBy: changes.instruction };
}
