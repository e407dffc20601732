import type { Call } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { baseName, directoryOf, joinPath, resolvePath } from "../paths.ts";
import { mayBuildProject, mayLeadOutside, writesBeside } from "./project-build.ts";
import { type ProjectFiles, projectFiles } from "./project-files.ts";
import { javaOfMaven } from "./target-runtime.ts";

/**
 * Maven writes to `target/` of each module, where the jar is called `finalName`, or the artifact and its version (maven.apache.org, POM
 * reference; read 2026-11). What plugins write elsewhere stands in the pom.xml.
 */
export function buildWithMaven(call: Call, changes: Changes): void {
  const { words } = call;
  const at = words.findIndex((it) => it === "-f" || it === "--file");
  const named =
    at < 0 ? words.find((it) => it?.startsWith("--file="))?.slice("--file=".length) : words[at + 1];
  const file = resolvePath(call.directory, named ?? ".");
  const directory = file?.endsWith(".xml") ? directoryOf(file) : file;
  const known = words.flatMap((it) => it ?? []);
  if (directory === undefined || known.length !== words.length) {
    changes.mayWriteAnywhere();
    return;
  }
  const modules = readModules(projectFiles(call.context, changes, directory), file);
  if (!modules || modules.some((it) => mayLeadOutside(it.text))) {
    changes.mayWriteAnywhere();
    return;
  }
  const goals = known.filter((it) => !it.startsWith("-"));
  const isPlain =
    modules.every((it) => isPlainPom(it.text) && hasKnownParent(it, modules)) &&
    goals.every(
      (it, index) => GOALS.test(it) || index === at + 1 || VALUED.test(known[known.indexOf(it) - 1] ?? ""),
    );
  if (!isPlain) {
    mayBuildProject(call, changes, directory);
    return;
  }
  if (!writesBeside(call, changes, directory)) return;
  // An extension may work out another version.
  const extensions = projectFiles(call.context, changes, directory).read(".mvn/extensions.xml");
  const makesNone =
    goals.length > 0 && goals.every((it) => /^(clean|validate|compile|test)$|^(dependency|help):/.test(it));
  const outputs: string[] = [];
  const properties = modules.flatMap((it) =>
    QUARKUS_FILES.map((name) => projectFiles(call.context, changes, it.directory).read(name)),
  );
  for (const module of modules) {
    const endings = jarEndings(modules, known, properties);
    const target = joinPath(module.directory, "target");
    const name = extensions === null ? jarName(module, modules, known) : undefined;
    if (module.packaging !== "pom")
      outputs.push(name === undefined ? target : `${target}/${name}.${module.packaging}`);
    // What only has modules makes nothing itself, unless a plugin does.
    if (module.packaging === "pom" && !module.text.includes("<build>")) continue;
    const isOwn = (path: string) =>
      directoryOf(path) !== target ||
      !/\.(jar|war|ear)$/.test(path) ||
      (!makesNone && (name === undefined || isNamed(baseName(path), name, endings)));
    changes.mayBuildBelow(target, isOwn);
  }
  const makesJar = goals.some((it) => /^(package|verify|install|deploy)$/.test(it));
  const isPart = known.some((it) => /^(-pl|--projects|-P|-rf|--resume-from)/.test(it));
  if (makesJar && !isPart && outputs.length > 0) {
    const target = javaOfMaven(
      modules.map((it) => it.text),
      known,
    );
    changes.addBuild({ program: "mvn", directory, outputs, target });
  }
}

/** Where Quarkus says what it makes (quarkus.io/guides/maven-tooling, read 2026-11). */
const QUARKUS_FILES = [
  "src/main/resources/application.properties",
  "src/main/resources/application.yml",
  "src/main/resources/application.yaml",
];

function isNamed(file: string, name: string, endings: ReadonlySet<string> | undefined): boolean {
  const plain = file.replace(/^original-/, "");
  if (!plain.startsWith(name)) return false;
  const rest = plain.slice(name.length).replace(/\.(jar|war|ear)$/, "");
  return endings === undefined || (endings.has(rest) && (plain === file || endings.has("original")));
}

/**
 * What plugins put behind the name of a jar: the identifier of an assembly, a classifier, `-runner` (maven.apache.org, shade and
 * assembly plugins; quarkus.io; read 2026-11). Undefined where a plugin that is not known may make others.
 */
function jarEndings(
  modules: readonly Module[],
  words: readonly string[],
  properties: readonly (string | null | undefined)[],
): ReadonlySet<string> | undefined {
  const text = modules.map((it) => it.text).join("\n");
  const plugins = [...text.matchAll(/<plugin>([\s\S]*?)<\/plugin>/g)].map((it) => it[1] ?? "");
  const names = plugins.map((it) => /<artifactId>\s*([\w.-]+)/.exec(it)?.[1] ?? "");
  if (!names.every((it) => PLUGINS.test(it))) return undefined;
  const found = new Set(["", "-sources", "-javadoc", "-tests", "-test-sources"]);
  const all = plugins.join("\n");
  for (const [, value = ""] of all.matchAll(
    /<(?:classifier|descriptorRef|shadedClassifierName)>\s*([^<]*?)\s*</g,
  )) {
    if (!/^[\w.-]+$/.test(value)) return undefined;
    found.add(`-${value}`);
  }
  if (/<descriptor>|<inlineDescriptors?>/.test(all)) return undefined;
  if (names.includes("maven-shade-plugin")) found.add("original");
  if (all.includes("shadedArtifactAttached")) found.add("-shaded");
  if (names.includes("quarkus-maven-plugin")) {
    const told = [text, ...words, ...properties.map((it) => it ?? "")].join("\n");
    const isOpen =
      properties.includes(undefined) || /uber-jar|legacy-jar|native|quarkus\.package/i.test(told);
    if (isOpen) for (const it of ["-runner", "-native-image-source-jar"]) found.add(it);
  }
  return found;
}

/** Plugins whose jars are those above, or that make none. */
const PLUGINS =
  /^(maven-(compiler|surefire|failsafe|jar|resources|clean|install|deploy|shade|assembly|enforcer|source|javadoc|war|site|checkstyle|pmd|toolchains)-plugin|spring-boot-maven-plugin|quarkus-maven-plugin|jacoco-maven-plugin|kotlin-maven-plugin|flyway-maven-plugin|liquibase-maven-plugin|spotless-maven-plugin|git-commit-id-(maven-)?plugin|versions-maven-plugin|spotbugs-maven-plugin|sonar-maven-plugin|jib-maven-plugin|hibernate-enhance-maven-plugin|jandex-maven-plugin|openapi-generator-maven-plugin)$/;

/** Phases, and goals of plugins that write nothing but `target/` and the local repository. */
const GOALS =
  /^(clean|validate|generate-sources|process-resources|compile|process-classes|test-compile|test|prepare-package|package|pre-integration-test|integration-test|verify|install|deploy|dependency:(go-offline|resolve|resolve-plugins|tree|list)|org\.apache\.maven\.plugins:maven-dependency-plugin:[\w.]+:(go-offline|resolve)|de\.qaware\.maven:go-offline-maven-plugin:[\w.:-]+|help:[\w-]+|spring-boot:(repackage|build-info))$/;
/** Options whose value is a word of its own. */
const VALUED =
  /^(-pl|--projects|-P|--activate-profiles|-T|--threads|-s|--settings|-gs|-D|-l|--log-file|-rf|-t|--toolchains)$/;

interface Module {
  readonly directory: string;
  /** Without comments, dependencies and what names the parent's place. */
  readonly text: string;
  readonly packaging: string;
}

const MOST_MODULES = 50;

/** The project and its modules; undefined where a pom.xml is not known. One that is not there yet is left out. */
function readModules(files: ProjectFiles, pom: string | undefined): readonly Module[] | undefined {
  const modules: Module[] = [];
  const paths = [pom?.endsWith(".xml") ? pom : joinPath(files.directory, "pom.xml")];
  for (const path of paths) {
    const text = paths.length > MOST_MODULES ? undefined : files.read(path);
    if (text === undefined || (text === null && modules.length === 0)) return undefined;
    if (text === null) continue;
    const plain = text
      .replace(/<!--[\s\S]*?-->/g, "")
      .replace(/<relativePath>[^<]*<\/relativePath>/g, "")
      .replace(
        /<(licenses|developers|scm|repositories|pluginRepositories|distributionManagement|organization)>[\s\S]*?<\/\1>/g,
        "",
      );
    const packaging = /<packaging>\s*([\w-]+)\s*<\/packaging>/.exec(plain)?.[1] ?? "jar";
    modules.push({ directory: directoryOf(path), text: plain, packaging });
    for (const [, name = ""] of plain.matchAll(/<module>\s*([^<\s]+)\s*<\/module>/g)) {
      const at = resolvePath(directoryOf(path), name);
      if (at === undefined) return undefined;
      paths.push(at.endsWith(".xml") ? at : joinPath(at, "pom.xml"));
    }
  }
  return modules;
}

/** What a parent sets holds for the module too: public ones leave the layout alone, and others are read as modules. */
function hasKnownParent({ text }: Module, modules: readonly Module[]): boolean {
  const parent = /<parent>([\s\S]*?)<\/parent>/.exec(text)?.[1];
  if (parent === undefined || PUBLIC_PARENTS.test(parent)) return true;
  const name = /<artifactId>\s*([^<\s]+)/.exec(parent)?.[1];
  return modules.some((it) => ownPart(it.text).includes(`<artifactId>${name}</artifactId>`));
}

const PUBLIC_PARENTS =
  /<groupId>\s*(org\.springframework\.boot|io\.micronaut(\.platform)?|io\.quarkus(\.platform)?)\s*<\/groupId>/;

/** A project's own coordinates and build, without what else stands in its pom.xml. */
function ownPart(text: string): string {
  return text.replace(
    /<(parent|dependencies|dependencyManagement|plugins|pluginManagement|profiles|reporting|properties|exclusions)>[\s\S]*?<\/\1>/g,
    "",
  );
}

/** Does a pom.xml leave everything where Maven puts it? Its parents are public ones, or among the modules. */
function isPlainPom(text: string): boolean {
  const build = text.replace(/<(resources|testResources)>[\s\S]*?<\/\1>/g, "");
  return !/<(outputDirectory|buildDirectory|testOutputDirectory|directory|destFile|destDir|tofile|todir|outputFile|targetDirectory|installDirectory|workingDirectory|generatedSourcesDirectory)>|antrun|exec-maven|groovy|gmaven|copy-resources|copy-rename|frontend-maven|download-maven|native2ascii/.test(
    build,
  );
}

/** Without its ending; undefined where it depends on what is not known. */
function jarName(module: Module, modules: readonly Module[], words: readonly string[]): string | undefined {
  const { text } = module;
  if (!/^(jar|war)$/.test(module.packaging) || /<(shadedArtifactId|jarName|warName|archiveName)>/.test(text))
    return undefined;
  const own = ownPart(text);
  const parent = /<parent>([\s\S]*?)<\/parent>/.exec(text)?.[1] ?? "";
  const value = (source: string, name: string) =>
    new RegExp(`<${name}>\\s*([^<\\s]+)\\s*</${name}>`).exec(source)?.[1];
  const artifact = value(own, "artifactId");
  const version = value(own, "version") ?? value(parent, "version");
  const names = [...text.matchAll(/<finalName>\s*([^<]*?)\s*<\/finalName>/g)].map((it) => it[1] ?? "");
  // A plugin's own, or one that a parent sets, is another name.
  if (names.length > 1 || modules.some((it) => it !== module && it.text.includes("<finalName>")))
    return undefined;
  if (artifact === undefined) return undefined;
  const values = new Map<string, string | undefined>();
  for (const it of [...modules].reverse())
    for (const [, name = "", text = ""] of (
      /<properties>([\s\S]*?)<\/properties>/.exec(it.text)?.[1] ?? ""
    ).matchAll(/<([\w.-]+)>\s*([^<]*?)\s*<\/\1>/g))
      values.set(name, text);
  for (const prefix of ["project.", "pom.", ""]) {
    values.set(`${prefix}artifactId`, artifact);
    values.set(`${prefix}version`, version);
  }
  for (const it of words) {
    const [, name, given] = /^-D([\w.-]+)=(.*)$/s.exec(it) ?? [];
    if (name !== undefined) values.set(name, given);
  }
  // Profiles may set any of them.
  if (/<profiles>[\s\S]*<(properties|finalName)>/.test(text)) return undefined;
  const [name] = names;
  return expanded(name ?? (version === undefined ? undefined : `${artifact}-${version}`), values);
}

function expanded(
  text: string | undefined,
  values: ReadonlyMap<string, string | undefined>,
): string | undefined {
  let value = text;
  for (let depth = 0; value?.includes("${"); depth++) {
    if (depth > 5) return undefined;
    let isKnown = true;
    value = value.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
      const it = values.get(name);
      isKnown &&= it !== undefined;
      return it ?? "";
    });
    if (!isKnown) return undefined;
  }
  return value !== undefined && /^[\w.+-]+$/.test(value) ? value : undefined;
}
