import { Random } from "./random.ts";

/**
 * A Dockerfile of up to three stages on `base` out of a few paths, users and variables, so that its instructions meet. The same seed
 * gives the same text. Many of its RUNs fail: whoever builds it takes those out.
 */
export function randomDockerfile(seed: number, base: string): string {
  const random = new Random(seed);
  const lines: string[] = [];
  const stages: string[] = [];
  const count = 1 + random.below(3);
  for (let at = 0; at < count; at++) {
    const isLast = at === count - 1;
    const from =
      at > 0 && random.is(0.35) ? random.of(stages) : isLast && at > 0 && random.is(0.15) ? "scratch" : base;
    lines.push(`FROM ${from} AS s${at}`);
    if (from !== "scratch" && random.is(0.6)) lines.push(`WORKDIR ${random.of(DIRECTORIES)}`);
    const words = new Words(random, stages);
    for (let left = 3 + random.below(8); left > 0; left--) {
      const line = words.instruction();
      lines.push(from === "scratch" && line.startsWith("RUN") ? words.copyFrom() : line);
    }
    stages.push(`s${at}`);
  }
  return `${lines.join("\n")}\n`;
}

/** What its COPY instructions expect of the build context. */
export const RANDOM_CONTEXT = {
  a: "a\n",
  "txt.txt": "t\n",
  "other.txt": "o\n",
  "conf/a.conf": "a\n",
  "conf/b.conf": "b\n",
  "run.sh": "#!/bin/sh\necho run\n",
  "nested/deep/z": "z\n",
} as const;

const DIRECTORIES =
  "/app /app/x /app/x/y /srv /srv/d /data /opt/bin /tmp/t /etc/app /home/app /usr/local/bin".split(" ");
const FILES = "a b txt.txt f run.sh conf lib a.conf".split(" ");
const SOURCES = "a txt.txt other.txt conf conf/ conf/a.conf *.txt . ./a run.sh t?t.txt nested/deep/z".split(
  " ",
);
const TARGETS = ". ./ /app/ /app x/ /srv/ /srv/n $DIR/ /app/x/y /usr/local/bin/ /etc/app/ f /app/lib".split(
  " ",
);
const USERS = "app web 1000 root nobody app:web 1000:1000 65532".split(" ");
/** `C` is only ever an ARG: one that is set behind ENV holds for the build, and not in the image. */
const SET = "A B DIR PORT".split(" ");
const VARIABLES = "A B C DIR PORT".split(" ");

class Words {
  private readonly random: Random;
  private readonly stages: readonly string[];

  constructor(random: Random, stages: readonly string[]) {
    this.random = random;
    this.stages = stages;
  }

  instruction(): string {
    if (this.random.is(0.35)) return this.run();
    const [variable, other] = [this.random.of(SET), this.random.of(VARIABLES)];
    return this.random.of([
      () => `WORKDIR ${this.directory()}`,
      () => `ENV ${variable}=${this.random.of(DIRECTORIES)}`,
      () => `ENV ${variable}="$${other}/s"`,
      () => "ENV PATH=/opt/bin:$PATH",
      () => `ARG C=${this.random.of(DIRECTORIES)}`,
      () => `USER ${this.random.of(USERS)}`,
      () => `COPY ${this.random.of(SOURCES)} ${this.random.of(TARGETS)}`,
      () => `COPY ${this.random.of(SOURCES)} ${this.random.of(SOURCES)} /app/`,
      () => `COPY --chown=${this.random.of(USERS)} ${this.random.of(SOURCES)} ${this.random.of(TARGETS)}`,
      () => `COPY --chmod=755 ${this.random.of(SOURCES)} ${this.random.of(TARGETS)}`,
      () => `ADD ${this.random.of(SOURCES)} ${this.random.of(TARGETS)}`,
      () => "COPY <<E /app/h\n$A\nE",
      () => this.copyFrom(),
      () => `VOLUME ${this.random.of(["/data", '["/data","/srv/d"]', "/app", "$DIR"])}`,
      () => `EXPOSE ${this.random.of(["80", "$PORT", "8080/udp 9000"])}`,
      () => "STOPSIGNAL SIGINT",
      () => 'CMD ["/app/run.sh"]',
    ])();
  }

  copyFrom(): string {
    if (this.stages.length === 0) return "ENV Q=1";
    return `COPY --from=${this.random.of(this.stages)} ${this.path()} ${this.random.of(TARGETS)}`;
  }

  /** Every command has to succeed: what goes on behind a failure leaves an image that nobody meant. */
  private run(): string {
    const commands = Array.from({ length: 1 + this.random.below(4) }, () => this.command());
    // Left of `&&` a failure would not end the script.
    if (this.random.is(0.15))
      return `RUN <<EOF\nset -e\n${commands.join("\n").replaceAll(" && ", "\n")}\nEOF`;
    return `RUN ${commands.join(" \\\n && ")}`;
  }

  private command(): string {
    const [one, other] = [() => this.path(), () => this.path()];
    return this.random.of([
      () => `mkdir -p ${this.directory()}`,
      () => `mkdir ${this.directory()}`,
      () => `touch ${one()}`,
      () => `echo hi > ${one()}`,
      () => `echo more >> ${one()}`,
      () => `cp ${one()} ${other()}`,
      () => `cp -r ${this.directory()} ${this.directory()}`,
      () => `mv ${one()} ${other()}`,
      () => `rm -f ${one()}`,
      () => `rm -rf ${this.directory()}`,
      () => `rm -rf ${this.random.of(DIRECTORIES)}/*`,
      () => `rm ${one()}`,
      () => `ln -sf ${one()} ${other()}`,
      () => `ln -s ${this.random.of(DIRECTORIES)} /link`,
      () => `chown ${this.random.of(USERS)} ${one()}`,
      () => `chown -R ${this.random.of(USERS)} ${this.directory()}`,
      () => `chmod +x ${one()}`,
      () => `install -d ${this.directory()}`,
      () => `install -m 755 ${one()} ${other()}`,
      () => `install -D ${one()} ${this.random.of(DIRECTORIES)}/n/f`,
      () => this.random.of(ACCOUNTS),
      () => `cd ${this.directory()} && touch f`,
      () => `tar -czf ${one()}.tgz ${this.directory()}`,
      () => `tee ${one()} < /dev/null`,
      () => `sed -i s/a/b/ ${one()}`,
      () => `find ${this.directory()} -type f -exec chmod 644 {} +`,
      () => `for i in 1 2; do mkdir -p ${this.random.of(DIRECTORIES)}/$i; done`,
      () => `if [ -e ${one()} ]; then rm -r ${other()}; else mkdir -p ${this.random.of(DIRECTORIES)}; fi`,
      () => `dd if=/dev/zero of=${one()} bs=1 count=3`,
    ])();
  }

  private directory(): string {
    if (this.random.is(0.12)) return `$${this.random.of(VARIABLES)}`;
    return this.random.is(0.2) ? this.random.of(FILES) : this.random.of(DIRECTORIES);
  }

  private path(): string {
    return this.random.is(0.5)
      ? this.random.of(FILES)
      : `${this.random.of(DIRECTORIES)}/${this.random.of(FILES)}`;
  }
}

const ACCOUNTS = [
  "adduser -D app",
  "adduser -D -H web",
  "addgroup web",
  "addgroup -S web && adduser -S -G web app",
  "adduser -D -u 1000 app",
  "addgroup app web",
  "deluser app",
  "delgroup web",
  "adduser -D -h /app app",
];
