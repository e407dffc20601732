// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are placeholders of the LSP snippet syntax.

/**
 * The Dockerfile instructions, in our own words; forms after the Dockerfile reference (moby/buildkit,
 * frontend/dockerfile/docs/reference.md), read 2026-11.
 */
export interface InstructionKnowledge {
  readonly name: string;
  /** What it does, and what people get wrong about it. Markdown. */
  readonly summary: string;
  /** Its forms, one a line. */
  readonly forms: readonly string[];
  /** What completion writes, with snippet placeholders. */
  readonly templates: readonly Template[];
}

export interface Template {
  /** Shown behind the name, to tell two templates apart. */
  readonly detail: string;
  readonly snippet: string;
}

export const instructions: readonly InstructionKnowledge[] = [
  {
    name: "ADD",
    summary:
      "Copies into the image like COPY, and besides downloads URLs, clones git repositories and unpacks local archives.",
    forms: [
      "ADD [--checksum=…] [--unpack] [--chown=…] [--chmod=…] <source>… <destination>",
      'ADD ["<source>", "<destination>"]',
    ],
    templates: [{ detail: "download, clone or unpack", snippet: "ADD ${1:source} ${2:destination}" }],
  },
  {
    name: "ARG",
    summary:
      "Declares a variable of the build, set with `--build-arg` or by its default. It ends with its stage, is not in the container's environment, and is visible in the image's history: no place for secrets. Before the first FROM it counts for FROM lines only; a stage sees it after its own `ARG NAME`.",
    forms: ["ARG <name>[=<default>]…"],
    templates: [{ detail: "build variable", snippet: "ARG ${1:NAME}=${2:default}" }],
  },
  {
    name: "CMD",
    summary:
      "What the container runs, or the arguments for ENTRYPOINT. Only the last one counts, and words behind the image of `docker run` replace it. Shell form puts `/bin/sh -c` in between, which does not pass on SIGTERM.",
    forms: ['CMD ["<program>", "<argument>"…]', "CMD <command line>"],
    templates: [{ detail: "exec form", snippet: 'CMD ["${1:program}"]' }],
  },
  {
    name: "COPY",
    summary:
      "Copies files and folders from the build context, or from another stage or image with `--from`. Of a folder, its contents are copied, not the folder itself.",
    forms: [
      "COPY [--from=…] [--chown=…] [--chmod=…] [--link] [--parents] [--exclude=…] <source>… <destination>",
      'COPY ["<source>", "<destination>"]',
    ],
    templates: [
      { detail: "from the build context", snippet: "COPY ${1:source} ${2:destination}" },
      { detail: "from another stage", snippet: "COPY --from=${1:build} ${2:/source} ${3:destination}" },
    ],
  },
  {
    name: "ENTRYPOINT",
    summary:
      "The program that the container is. CMD and the words behind the image of `docker run` become its arguments, in exec form only. Setting it clears the CMD of the base image.",
    forms: ['ENTRYPOINT ["<program>", "<argument>"…]', "ENTRYPOINT <command line>"],
    templates: [{ detail: "exec form", snippet: 'ENTRYPOINT ["${1:program}"]' }],
  },
  {
    name: "ENV",
    summary:
      "Sets environment variables for the instructions that follow and for the container. A value set here cannot be taken away again by a later `unset`, and can be read by all who have the image.",
    forms: ["ENV <name>=<value>…"],
    templates: [{ detail: "environment of build and container", snippet: "ENV ${1:NAME}=${2:value}" }],
  },
  {
    name: "EXPOSE",
    summary:
      "Notes a port that the program listens on. It opens nothing: `docker run -P` and tools read it. TCP when no protocol is given.",
    forms: ["EXPOSE <port>[/tcp|/udp]…"],
    templates: [{ detail: "port", snippet: "EXPOSE ${1:8080}" }],
  },
  {
    name: "FROM",
    summary:
      "Begins a stage on an image, on an earlier stage, or on nothing (`scratch`). The last stage is the image that the build gives.",
    forms: [
      "FROM [--platform=…] <image>[:<tag>|@<digest>] [AS <name>]",
      "FROM <stage> [AS <name>]",
      "FROM scratch",
    ],
    templates: [
      { detail: "stage on an image", snippet: "FROM ${1:image}:${2:tag}" },
      { detail: "named stage", snippet: "FROM ${1:image}:${2:tag} AS ${3:build}" },
    ],
  },
  {
    name: "HEALTHCHECK",
    summary:
      "Command that tells whether the container works: exit code 0 is healthy, 1 is not. It runs inside the container, so its program has to be in the image. Only the last one counts; `NONE` switches off that of the base image.",
    forms: [
      "HEALTHCHECK [--interval=…] [--timeout=…] [--start-period=…] [--start-interval=…] [--retries=…] CMD <command>",
      "HEALTHCHECK NONE",
    ],
    templates: [
      {
        detail: "exec form",
        snippet: 'HEALTHCHECK --interval=${1:30s} --timeout=${2:3s} CMD ["${3:program}"]',
      },
      { detail: "none", snippet: "HEALTHCHECK NONE" },
    ],
  },
  {
    name: "LABEL",
    summary: "Writes names and values into the image's configuration, for people and tools to read.",
    forms: ["LABEL <name>=<value>…"],
    templates: [
      {
        detail: "metadata",
        snippet: 'LABEL ${1:org.opencontainers.image.source}="${2:https://example.com}"',
      },
    ],
  },
  {
    name: "MAINTAINER",
    summary: "Names the author. Deprecated: `LABEL org.opencontainers.image.authors=…` says the same.",
    forms: ["MAINTAINER <name>"],
    templates: [],
  },
  {
    name: "ONBUILD",
    summary:
      "Keeps an instruction for later: it runs when another Dockerfile begins a stage FROM this image, right after that FROM.",
    forms: ["ONBUILD <instruction>"],
    templates: [{ detail: "for images built on this one", snippet: "ONBUILD ${1:COPY . /app}" }],
  },
  {
    name: "RUN",
    summary:
      "Runs a command while the image is built and keeps the files it changed as a layer. What a later RUN deletes stays in the earlier layer and in the size.",
    forms: [
      "RUN [--mount=…] [--network=…] [--security=…] <command line>",
      'RUN ["<program>", "<argument>"…]',
      "RUN <<EOF … EOF",
    ],
    templates: [
      { detail: "command", snippet: "RUN ${1:command}" },
      {
        detail: "with a cache",
        snippet: "RUN --mount=type=cache,target=${1:/root/.cache} \\\\\n    ${2:command}",
      },
      { detail: "here-document", snippet: "RUN <<EOF\nset -e\n${1:command}\nEOF" },
    ],
  },
  {
    name: "SHELL",
    summary:
      'The program that runs shell form from here on, as a JSON array. `["/bin/sh", "-c"]` when not set. With `pipefail` a RUN fails when any part of a pipe does.',
    forms: ['SHELL ["<program>", "<argument>"…]'],
    templates: [
      {
        detail: "shell for RUN, CMD and ENTRYPOINT",
        snippet: 'SHELL ["${1:/bin/bash}", "${2:-o}", "${3:pipefail}", "-c"]',
      },
    ],
  },
  {
    name: "STOPSIGNAL",
    summary: "Signal that asks the container to end, by name or number. SIGTERM when not set.",
    forms: ["STOPSIGNAL <signal>"],
    templates: [
      {
        detail: "signal of docker stop",
        snippet: "STOPSIGNAL ${1|SIGTERM,SIGINT,SIGQUIT,SIGHUP,SIGUSR1,SIGUSR2,SIGKILL|}",
      },
    ],
  },
  {
    name: "USER",
    summary:
      "User, and group if given, of the instructions that follow and of the container. COPY and ADD write as root all the same unless `--chown` says otherwise.",
    forms: ["USER <user>[:<group>]"],
    templates: [{ detail: "user of what follows", snippet: "USER ${1:nonroot}" }],
  },
  {
    name: "VOLUME",
    summary:
      "Marks paths whose data lives outside of the image: each container gets a new anonymous volume there unless one is given. What later instructions write below the path is lost.",
    forms: ["VOLUME <path>…", 'VOLUME ["<path>"…]'],
    templates: [{ detail: "data outside of the image", snippet: 'VOLUME ["${1:/data}"]' }],
  },
  {
    name: "WORKDIR",
    summary:
      "Folder of the instructions that follow and of the container; made when it is missing. A relative path counts from the folder before.",
    forms: ["WORKDIR <path>"],
    templates: [{ detail: "folder of what follows", snippet: "WORKDIR ${1:/app}" }],
  },
];

const byName = new Map(instructions.map((it) => [it.name, it]));

/** `name` in upper case, as the tree has it. */
export function instructionKnowledge(name: string): InstructionKnowledge | undefined {
  return byName.get(name);
}

export const stopSignals: readonly string[] = [
  "SIGTERM",
  "SIGINT",
  "SIGQUIT",
  "SIGHUP",
  "SIGUSR1",
  "SIGUSR2",
  "SIGWINCH",
  "SIGKILL",
];
