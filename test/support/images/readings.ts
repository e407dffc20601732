import type { ImageReading, ReadContents } from "../../../server/src/model/image/image-reading.ts";

type Changes = Partial<Omit<ImageReading, "contents">> & { readonly contents?: Partial<ReadContents> | null };

/** What reading an Alpine image gives, changed as the test wants. */
export function reading({ contents, ...more }: Changes = {}): ImageReading {
  return {
    form: 1,
    id: `sha256:${"a".repeat(64)}`,
    platform: "linux/amd64",
    readAt: "2026-11-25T10:00:00.000Z",
    unpackedSize: 8_000_000,
    compressedSize: null,
    config: {
      user: "",
      workdir: "",
      environment: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
      exposedPorts: [],
      volumes: [],
      entrypoint: null,
      command: ["/bin/sh"],
      stopSignal: null,
      healthcheck: null,
      shell: null,
      triggers: [],
    },
    contents: contents === null ? null : { ...alpine, ...contents },
    ...more,
  };
}

const alpine: ReadContents = {
  osRelease: 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.24.2\n',
  passwd: "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n",
  group: "root:x:0:root\nwheel:x:10:root\nnobody:x:65534:\n",
  certificates: "/etc/ssl/certs/ca-certificates.crt",
  timeZones: false,
  loaders: ["/lib/ld-musl-x86_64.so.1"],
  directories: {
    "/": listing([], "bin etc home lib sbin usr"),
    "/bin": listing("busybox sh ash wget tar cat ls"),
    "/sbin": listing("apk"),
    "/usr/bin": listing("env find"),
    "/usr/sbin": listing([]),
    "/etc": listing([], "passwd group os-release"),
    "/home": listing([]),
  },
  links: {},
  absent: ["/usr/local/sbin", "/usr/local/bin"],
};

/** Names separated by blanks. */
export function listing(
  programs: string | readonly string[],
  others: string | readonly string[] = [],
  complete = true,
) {
  const names = (it: string | readonly string[]) => (typeof it === "string" ? it.split(" ") : it);
  return { complete, programs: names(programs), others: names(others) };
}
