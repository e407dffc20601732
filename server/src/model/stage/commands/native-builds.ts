import {
  buildWithHaskell,
  buildWithScala,
  buildWithSwift,
  buildWithZig,
  runDart,
  runFlutter,
  runMix,
  runPyInstaller,
} from "../projects/native-builds.ts";
import type { CommandFamily } from "./command-family.ts";

export const swift: CommandFamily = { programs: ["swift"], run: buildWithSwift };
export const mix: CommandFamily = { programs: ["mix"], run: runMix };
export const zig: CommandFamily = { programs: ["zig"], run: buildWithZig };
export const dart: CommandFamily = { programs: ["dart"], run: runDart };
export const flutter: CommandFamily = { programs: ["flutter"], run: runFlutter };
export const scala: CommandFamily = { programs: ["sbt", "mill", "./mill"], run: buildWithScala };
export const haskell: CommandFamily = { programs: ["stack", "cabal"], run: buildWithHaskell };
export const pyInstaller: CommandFamily = { programs: ["pyinstaller"], run: runPyInstaller };
