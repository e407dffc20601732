import type { CommandFamily } from "./command-family.ts";

/** `restore`, `build`, `publish -o`: below the project or where `-o` says, by the project's own targets. */
export const dotnet: CommandFamily = {
  programs: ["dotnet", "msbuild", "nuget"],
  run(call, changes) {
    if (call.words[0] === "tool") changes.mayInstallPrograms();
    changes.mayWriteAnywhere();
  },
};
