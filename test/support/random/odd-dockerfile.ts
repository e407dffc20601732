// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Dockerfiles.
import { Random } from "./random.ts";

/**
 * A Dockerfile in which each instruction is written in one of the ways that its grammar has, with flags, quotes, variables,
 * here-documents and continuations. Nothing in it is meant to run. The same seed gives the same text; a quarter of the seeds make no
 * slips, the others ever more of them.
 */
export function oddDockerfile(seed: number, base: string): string {
  return new OddDockerfile(seed, base).text();
}

/** What a build of it is given besides. */
export interface Given {
  readonly buildArguments: Readonly<Record<string, string>>;
  /** Names of further build contexts, each of them a folder. */
  readonly contexts: readonly string[];
}

/** For the Dockerfile of the same seed; a quarter of what it may be given. */
export function givenTo(seed: number): Given {
  const random = new Random(seed + 1_000_000);
  const names = random.some(
    NAMES.filter((it) => it !== "BUILDPLATFORM"),
    0.25,
  );
  return {
    buildArguments: Object.fromEntries(names.map((it) => [it, random.of(VALUES)])),
    contexts: random.some(CONTEXTS, 0.25),
  };
}

/** How often one that BuildKit refuses, or warns of, is taken. */
const SLIPS = [0, 0.03, 0.1, 0.4];

interface Choices {
  readonly right: readonly string[];
  readonly wrong: readonly string[];
}

const NAMES = "A B FOO foo PATH HOME TARGETARCH BUILDPLATFORM VERSION _x a1 API_KEY DB_PASSWORD".split(" ");
const VALUES = [
  "",
  "a",
  "/x",
  "x y",
  "scratch",
  "b",
  "80",
  "1:2",
  "root",
  "SIGTERM",
  "a=b",
  "$B",
  "${A}",
  '"q"',
];
const CONTEXTS = ["a", "b", "build", "nostage", "foo"];
const PLAIN: Choices = {
  right: ["a", "b", ".", "./", "/", "/x", "/x/", "a/b", "x.txt", "*.json", "a\\ b", '"a"', "'a'", '"a b"', "ä", "a=b", "a,b", "8080", "foo", "-x", "[", "]", "{}", "%", "a\\b", "a;b", "&&", "|", "#", "a#b", "x:y", "~", "!"],
  wrong: ["\\", '"a', "'a"],
}; // biome-ignore format: a list to skim
const JSON_LIST: Choices = {
  right: ['["a"]', '["a", "b"]', '["/bin/sh", "-c", "x"]', '[ "a" , "b" ]', '["$A"]', '["\\u0041"]', '["a\\\\b"]'],
  wrong: ['["a","b",]', "['a']", '["a" "b"]', "[]", '[""]', '["a", 1]', '["a\\b"]', '["a"] x', '["a"', '[["a"]]', '{"a":"b"}', '["a", null]'],
}; // biome-ignore format: a list to skim
const MOUNTS: Choices = {
  right: ["type=cache,target=/x", "type=bind,target=/x", "type=bind,source=a,target=b,rw", "type=secret,id=a", "type=ssh", "type=tmpfs,target=/t,size=1m", "type=secret,id=a,env=B", "type=cache,target=/x,readonly", "target=/x", "type=$A,target=/x", "type=secret,id=a,mode=0400,uid=1,gid=2,required", '"type=cache,target=/x"'],
  wrong: ["type=cache", "type=bind", "type=foo,target=/x", "type=cache,target=/x,sharing=bad", "type=cache,target=/x,mode=9", "type=cache,target=/x,uid=a", "type=secret", "type=secret,env=A", "type=bind,from=", "type=bind,from=nostage,target=/x", "type=cache,target=/x,ro=maybe", "type=cache,target=/x,foo=1", "type=cache,target=/x,foo", "type=tmpfs,target=/t,size=-1", "type=tmpfs,target=/t,size=a", "type=cache,target=/x,size=1", "type=ssh,target=/x,required=x", "type=cache,,target=/x"],
}; // biome-ignore format: a list to skim
const RUN_FLAGS: Choices = {
  right: ["--network=none", "--network=host"],
  wrong: ["--network=x"],
};
const COPY_FLAGS: Choices = {
  right: ["--from=0", "--chown=1:2", "--chmod=755", "--chmod=u+x", "--chmod=0755", "--link", "--link=false", "--exclude=a"],
  wrong: ["--from=a", "--from=1", "--from=$A", "--chmod=999", "--chmod=$A", "--link=x", "--checksum=x", "--keep-git-dir"],
}; // biome-ignore format: a list to skim
const ADD_FLAGS: Choices = {
  right: ["--chown=1:2", "--chmod=755", "--link", "--keep-git-dir=false", "--exclude=a"],
  wrong: ["--checksum=md5:1", "--checksum=x", "--from=a", "--keep-git-dir=x"],
};
const HEALTH_FLAGS: Choices = {
  right: ["--interval=5s", "--timeout=1m", "--retries=3", "--start-period=1s", "--start-interval=1s", "--retries=0", "--interval=0", "--interval=1.5s"],
  wrong: ["--interval=1", "--interval=1us", "--retries=-1", "--retries=a", "--timeout=-1s", "--interval=1ns", "--interval=s"],
}; // biome-ignore format: a list to skim
const NO_FLAGS = ["--x", "--x=1", "--", "--from", "--from=", "--chown", "--mount", "--network", "--=x"];
const PORTS: Choices = {
  right: [
    "80",
    "80/tcp",
    "80/udp",
    "80/sctp",
    "80-90",
    "80/TCP",
    "8080:80",
    "127.0.0.1:80:80",
    '"80"',
    "65535",
  ],
  wrong: ["80/x", "90-80", "a", "65536", "-1", "/tcp", "80-", "80,90", "1-2:3"],
};
const SIGNALS: Choices = {
  right: ["SIGTERM", "9", "SIGRTMIN+3", '"SIGTERM"', "TERM"],
  wrong: ["SIGFOO", "99", "-1", "sigfoo"],
};
const CHECKS: Choices = {
  right: ["CMD x", "NONE", "cmd x", 'CMD ["a"]'],
  wrong: ["CMD", "NONE x", "x", "", "CMD-SHELL x", 'CMD ["a"'],
};
/** They run in no stage of the file that could show what is wrong in their words. */
const TRIGGERS: Choices = {
  right: ["RUN x", "COPY a b", "ENV A=b", "CMD x", "WORKDIR /x"],
  wrong: ["FROM a", "ONBUILD RUN x", "MAINTAINER x", "BOGUS", "COPY a", "ENV A", ""],
};
const DIRECTIVES: Choices = {
  right: ["# escape=\\", "# check=skip=JSONArgsRecommended", "# check=skip=JSONArgsRecommended,StageNameCasing", "# comment", "", "# check=error=true", "# x=y", "#escape = \\"],
  wrong: ["# escape=x", "# check=foo=1", "# check=error=maybe", "# check=skip=A;skip=B"],
}; // biome-ignore format: a list to skim
const STAGES: Choices = {
  right: ["a", "b", "build", "Build", "a-b", "x.y", "", "", ""],
  wrong: ["1a", "a/b", "scratch", "context", "$A", "_a", "a b", "ä"],
};
const PLATFORMS: Choices = {
  right: ["linux/amd64", "$BUILDPLATFORM", "$TARGETPLATFORM"],
  wrong: ["foo", "", "linux/amd64/v1/x"],
};
const INSTRUCTIONS =
  "RUN RUN CMD ENTRYPOINT ENV ENV ARG ARG COPY COPY ADD LABEL EXPOSE VOLUME USER WORKDIR WORKDIR STOPSIGNAL SHELL HEALTHCHECK ONBUILD MAINTAINER";
const ALONE = ["", "#c", "BOGUS", "RUN", "ENV", "COPY", "EXPOSE", "WORKDIR", "LABEL", "ARG", "USER", "VOLUME", "HEALTHCHECK", "SHELL", "STOPSIGNAL", "ONBUILD", "FROM", "ADD a", "\\", "RUN \\"]; // biome-ignore format: a list to skim

class OddDockerfile {
  private readonly random: Random;
  private readonly base: string;
  private readonly slips: number;
  private readonly stages: string[] = [];

  constructor(seed: number, base: string) {
    this.random = new Random(seed);
    this.slips = SLIPS[seed % SLIPS.length] ?? 0;
    this.base = base;
  }

  text(): string {
    const { random } = this;
    const lines: string[] = [];
    if (random.is(0.25)) lines.push(this.one(DIRECTIVES));
    while (random.is(0.35)) lines.push(this.continued(`ARG ${random.joined(2, () => this.declaration())}`));
    for (let left = 1 + random.below(3); left > 0; left--) {
      lines.push(this.continued(this.from()));
      for (let more = random.below(5); more > 0; more--) {
        if (random.is(0.1)) lines.push(random.of(["", "# c", " # c", "\t"]));
        lines.push(this.continued(this.instruction()));
      }
    }
    return this.damaged(`${lines.join(random.is(0.05) ? "\r\n" : "\n")}\n`);
  }

  private one({ right, wrong }: Choices): string {
    return this.random.of(this.random.is(this.slips) ? wrong : right);
  }

  private from(): string {
    const { random, stages } = this;
    const stage = this.one(STAGES);
    const flag = random.is(0.15) ? `--platform=${this.one(PLATFORMS)} ` : "";
    const image = random.of([
      ...["scratch", "scratch", "scratch", this.base],
      ...stages.filter((it) => /^[a-z]/.test(it)),
    ]);
    stages.push(stage);
    const as = stage === "" ? "" : ` ${random.of(["AS", "AS", "as"])} ${stage}`;
    return `${this.cased("FROM")} ${flag}${image}${as}`;
  }

  private instruction(): string {
    const { random } = this;
    if (random.is(this.slips / 3)) return random.of(ALONE);
    const name = random.of(INSTRUCTIONS.split(" "));
    return `${this.cased(name)} ${this.behind(name)}`;
  }

  private behind(name: string): string {
    const { random } = this;
    const words = (most: number) => random.joined(most, () => this.word());
    const pairs = (key: () => string) =>
      random.joined(3, () => `${key()}=${random.is(0.9) ? this.word() : ""}`);
    switch (name) {
      case "RUN":
        return `${this.flags(RUN_FLAGS, MOUNTS)}${random.is(0.2) ? this.hereDocument() : random.is(0.2) ? this.one(JSON_LIST) : words(4)}`;
      case "CMD":
      case "ENTRYPOINT":
        return random.is(0.5) ? this.one(JSON_LIST) : words(3);
      case "ENV":
        return random.is(0.7) ? pairs(() => this.name()) : `${random.of(NAMES)} ${words(2)}`;
      case "LABEL":
        return random.is(0.8) ? pairs(() => this.word()) : `${this.word()} ${words(2)}`;
      case "ARG":
        return random.joined(2, () => this.declaration());
      case "COPY":
        return `${this.flags(COPY_FLAGS)}${random.is(0.1) ? `${this.hereDocument()}` : `${this.word()} ${words(3)}`}`;
      case "ADD":
        return `${this.flags(ADD_FLAGS)}${random.of([this.word(), "https://x.example/a.tgz"])} ${words(2)}`;
      case "EXPOSE":
        return random.joined(3, () => this.one(PORTS));
      case "VOLUME":
        return random.is(0.4) ? this.one(JSON_LIST) : random.joined(3, () => this.one(PLAIN));
      case "STOPSIGNAL":
        return this.one(SIGNALS);
      case "SHELL":
        return this.one(JSON_LIST);
      case "HEALTHCHECK":
        return this.flags(HEALTH_FLAGS) + this.one(CHECKS);
      case "ONBUILD":
        return this.one(TRIGGERS);
      default:
        return words(random.is(this.slips) ? 3 : 1);
    }
  }

  private flags(...known: readonly Choices[]): string {
    const { random } = this;
    if (random.is(0.5)) return "";
    const flag = () => {
      const choices = random.of(known);
      if (random.is(this.slips / 3)) return random.of(NO_FLAGS);
      return choices === MOUNTS ? `--mount=${this.one(choices)}` : this.one(choices);
    };
    return `${random.joined(2, flag)} `;
  }

  private declaration(): string {
    return this.random.is(0.5) ? this.name() : `${this.name()}=${this.word()}`;
  }

  private name(): string {
    return this.random.is(this.slips) ? this.word() : this.random.of(NAMES);
  }

  private word(): string {
    const { random } = this;
    return random.of([
      ...Array.from({ length: 11 }, () => () => this.one(PLAIN)),
      ...Array.from({ length: 5 }, () => () => this.variable()),
      () => this.one(PLAIN) + this.variable(),
      () => `"${this.variable()} x"`,
      () => this.one(PLAIN) + this.one(PLAIN),
    ])();
  }

  private variable(): string {
    const { random } = this;
    const name = random.of(NAMES);
    if (random.is(this.slips))
      return random.of(["$", "$@", "${", "${}", "${A:}", "${A:x}", "$ A", "${A B}", "${A:=x}"]);
    const modifier = random.of([
      ":-x",
      "-x",
      ":+x",
      "+y",
      "#x",
      "##*/",
      "%x",
      "%%x*",
      "/a/b",
      "//a/b",
      ":-$B",
      ':-"a b"',
      `?${random.is(this.slips) ? "no" : ""}`,
    ]);
    return random.of([`$${name}`, `\${${name}}`, `\\$${name}`, `'$${name}'`, `\${${name}${modifier}}`]);
  }

  private hereDocument(): string {
    const { random } = this;
    const name = random.of(["EOF", "X", "E_1"]);
    const word = random.of([name, `"${name}"`, `'${name}'`]);
    const lines = random.joined(
      3,
      () => random.of(["echo a", "\techo $A", "  x", "", "# c", "FROM x"]),
      "\n",
    );
    const end = random.is(this.slips) ? random.of([`\t${name}`, `${name} `, "END"]) : name;
    return `${random.of(["<<", "<<-"])}${word} /x\n${lines}\n${end}`;
  }

  private continued(line: string): string {
    if (!this.random.is(0.12)) return line;
    return line.replace(
      " ",
      this.random.of([" \\\n  ", " \\\n# c\n ", " \\\n\n ", " \\ \n ", "\\\n ", " \\\n\t"]),
    );
  }

  private cased(name: string): string {
    if (this.random.is(0.9)) return name;
    return this.random.is(0.5) ? name.toLowerCase() : name.charAt(0) + name.slice(1).toLowerCase();
  }

  private damaged(text: string): string {
    if (!this.random.is(this.slips)) return text;
    const at = this.random.below(text.length);
    const piece = this.random.of([
      "",
      "\\",
      '"',
      "'",
      " ",
      "\n",
      "$",
      "{",
      "#",
      "=",
      "\t",
      "\\\n",
      "--",
      "[",
      "<<E",
    ]);
    return text.slice(0, at) + piece + text.slice(at + this.random.below(2));
  }
}
