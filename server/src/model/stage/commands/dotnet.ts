import { buildWithDotnet } from "../projects/dotnet.ts";
import type { CommandFamily } from "./command-family.ts";

/** `restore`, `build`, `publish -o`: below the project or where `-o` says, by the project's own targets. */
export const dotnet: CommandFamily = {
  programs: ["dotnet", "msbuild", "nuget"],
  run(call, changes) {
    if (call.words.length === 1 && /^--(version|info|list-sdks|list-runtimes)$/.test(call.words[0] ?? ""))
      return;
    if (call.words[0] === "tool") changes.mayInstallPrograms();
    if (call.program === "dotnet") buildWithDotnet(call, changes);
    else changes.mayWriteAnywhere();
  },
};
