import { runDart, runFlutter } from "../projects/dart.ts";
import { runMix } from "../projects/elixir.ts";
import { buildWithHaskell } from "../projects/haskell.ts";
import { runPyInstaller } from "../projects/python.ts";
import { buildWithScala } from "../projects/scala.ts";
import { buildWithSwift } from "../projects/swift.ts";
import { buildWithZig } from "../projects/zig.ts";
import type { CommandFamily } from "./command-family.ts";

export const swift: CommandFamily = { programs: ["swift"], run: buildWithSwift };
export const mix: CommandFamily = { programs: ["mix"], run: runMix };
export const zig: CommandFamily = { programs: ["zig"], run: buildWithZig };
export const dart: CommandFamily = { programs: ["dart"], run: runDart };
export const flutter: CommandFamily = { programs: ["flutter"], run: runFlutter };
export const scala: CommandFamily = { programs: ["sbt", "mill", "./mill"], run: buildWithScala };
export const haskell: CommandFamily = { programs: ["stack", "cabal"], run: buildWithHaskell };
export const pyInstaller: CommandFamily = { programs: ["pyinstaller"], run: runPyInstaller };
