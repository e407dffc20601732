import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { onPath } from "../../setup/programs.ts";
import type { RealEngine } from "../engine/engine.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** Packages by name: file → content. Each has one version, which its package.json says. */
export type Packages = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A registry that gives these packages' archives to npm, wherever a container asks. */
export async function registryOf(packages: Packages): Promise<Server> {
  const archives = new Map(Object.entries(packages).map(([name, files]) => [name, archiveOf(files)]));
  const server = createServer(({ url = "" }, response) => {
    const archive = archives.get(/^\/([\w-]+)\/-\/[\w.-]+\.tgz$/.exec(url)?.[1] ?? "");
    response.statusCode = archive ? 200 : 404;
    response.end(archive);
  });
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  return server;
}

function archiveOf(files: Readonly<Record<string, string>>): Buffer {
  const named = Object.entries(files).map(([name, text]) => [`package/${name}`, text]);
  const folder = temporaryFolder(Object.fromEntries(named));
  return execFileSync("tar", ["--mode=755", "-C", folder, "-czf", "-", "package"], { maxBuffer: 2 ** 26 });
}

/**
 * Makes stand-ins for Node's images: the Node that runs the tests and the npm of this machine on Debian's base, with the user
 * that the real ones have, and with a registry that can be reached. Needs glibc, as the private engine does.
 */
export async function makeNodeImages(
  real: RealEngine,
  registry: Server,
  tags: readonly string[],
): Promise<void> {
  const context = temporaryFolder();
  const program = onPath("npm");
  if (!program) throw new Error("There is no npm on the PATH.");
  const npm = path.dirname(path.dirname(realpathSync(program)));
  mkdirSync(path.join(context, "lib"));
  copyFileSync(process.execPath, path.join(context, "node"));
  cpSync(npm, path.join(context, "npm"), { recursive: true, dereference: true });
  for (const file of librariesOfNode().filter((it) => /\/lib(stdc\+\+|gcc_s|atomic)\.so/.test(it)))
    copyFileSync(file, path.join(context, "lib", path.basename(file)));
  const gateway = await real.docker(
    ...["network", "inspect", "--format", "{{(index .IPAM.Config 0).Gateway}}", "bridge"],
  );
  const { port } = registry.address() as AddressInfo;
  writeFileSync(
    path.join(context, "Dockerfile"),
    `FROM debian:trixie-slim
COPY node /usr/local/bin/node
COPY lib /usr/local/lib
COPY npm /usr/local/lib/node_modules/npm
RUN ldconfig && useradd --uid 1000 --create-home node \\
    && ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \\
    && mkdir -p /usr/local/etc && echo registry=http://${gateway.trim()}:${port}/ > /usr/local/etc/npmrc
CMD ["node"]
`,
  );
  await real.docker("build", "--quiet", ...tags.flatMap((it) => ["--tag", it]), context);
}

/** The shared libraries that the running Node has loaded. */
function librariesOfNode(): readonly string[] {
  const report: unknown = process.report.getReport();
  return (report as { readonly sharedObjects: readonly string[] }).sharedObjects;
}
