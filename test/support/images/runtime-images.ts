import { copyFileSync, globSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { RealEngine } from "../engine/engine.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { debianFiles } from "./debian-files.ts";

/** Has the Python of distroless, on a C library that is no newer than that of the base images. */
const SUITE = "trixie";
const PYTHON = "3.13";

/** Debian's Python with pip and its nginx, and the libraries that both need: some 45 MB. */
function fetchRuntimes(): Promise<string> {
  return debianFiles("runtimes", SUITE, async (suite, folder) => {
    const [python, nginx] = [path.join(folder, "python"), path.join(folder, "nginx")];
    const libraries = ["libssl3t64", "zlib1g", "libexpat1", "libpcre2-8-0", "libcrypt1", "libzstd1"];
    await suite.unpack(
      [`python${PYTHON}-minimal`, `libpython${PYTHON}-minimal`, `libpython${PYTHON}-stdlib`, "python3-pip"],
      python,
    );
    await suite.unpack(["nginx", "nginx-common"], nginx);
    await suite.unpack(libraries, path.join(folder, "packages"));
    mkdirSync(path.join(folder, "lib"));
    for (const file of globSync("{usr/,}lib/*-linux-gnu/*.so.*", { cwd: path.join(folder, "packages") }))
      copyFileSync(path.join(folder, "packages", file), path.join(folder, "lib", path.basename(file)));
    // It says that pip may install nothing, which the images of Python do not.
    rmSync(path.join(python, `usr/lib/python${PYTHON}/EXTERNALLY-MANAGED`), { force: true });
    for (const it of ["packages", "python/usr/share", "nginx/usr/share/doc"])
      rmSync(path.join(folder, it), { recursive: true, force: true });
  });
}

/** Stages are named as their images, without the version. */
const DOCKERFILE = `FROM debian:trixie-slim AS debian
# Libraries of the base's own release stay as they are.
RUN --mount=source=lib,target=/libraries mkdir -p /usr/local/bin \\
    && cp --update=none /libraries/* /usr/lib/*-linux-gnu/ && ldconfig

FROM debian AS python
COPY python/usr/bin /usr/bin
COPY python/usr/lib /usr/lib
RUN ln -s python${PYTHON} /usr/bin/python3 && ln -s /usr/bin/python3 /usr/local/bin/python && ln -s python /usr/local/bin/python3
CMD ["python3"]

FROM python AS python-slim
RUN rm /usr/bin/curl /usr/bin/wget

FROM debian AS nginx-files
RUN mkdir -p /parts/usr/sbin /parts/etc/nginx /parts/run /parts/var/lib/nginx /parts/usr/share/nginx/html /parts/var/log/nginx \\
    && ln -s /dev/stderr /parts/var/log/nginx/error.log && ln -s /dev/stdout /parts/var/log/nginx/access.log
COPY nginx/usr/sbin/nginx /parts/usr/sbin/
COPY nginx/etc/nginx/mime.types /parts/etc/nginx/
COPY <<EOF /parts/etc/nginx/nginx.conf
user nginx;
events {}
http {
  include mime.types;
  server { listen 80; root /usr/share/nginx/html; }
}
EOF

FROM python AS c-library
RUN mkdir -p /parts/lib && cp -L /usr/lib/*-linux-gnu/lib*.so.* /parts/lib/ \\
    && if [ -d /usr/lib64 ]; then cp -rL /usr/lib64 /parts/lib64; else cp -L /usr/lib/ld-linux* /parts/lib/; fi
RUN mkdir -p /python/usr/bin /python/usr/lib && cp -a /usr/lib/python3* /python/usr/lib/ && cp -a /usr/bin/python3* /usr/local/bin/python /python/usr/bin/

FROM alpine:3.24 AS alpine
COPY --from=c-library /parts /
ENV LD_LIBRARY_PATH=/lib

FROM alpine AS python-alpine
COPY --from=python /usr/bin/pip* /usr/bin/
COPY --from=c-library /python /
CMD ["python3"]

FROM alpine AS nginx-alpine-slim
RUN addgroup -S nginx && adduser -S -H -G nginx nginx
COPY --from=nginx-files /parts /
EXPOSE 80
STOPSIGNAL SIGQUIT
CMD ["nginx", "-g", "daemon off;"]

FROM gcr.io/distroless/static-debian13:nonroot AS python-distroless
COPY --from=c-library /parts /
COPY --from=c-library /python /
ENV LD_LIBRARY_PATH=/lib
ENTRYPOINT ["/usr/bin/python${PYTHON}"]
`;

const IMAGES = {
  "python-slim": `python:${PYTHON}-slim`,
  "python-alpine": `python:${PYTHON}-alpine`,
  "python-distroless": "gcr.io/distroless/python3-debian13:nonroot",
  "nginx-alpine-slim": "nginx:1.29-alpine-slim",
};

/**
 * Makes stand-ins for images of Python and nginx on Debian, Alpine and distroless: the programs are Debian's, the rest is as those
 * images have it. Where the real ones have no curl there is none. @returns their tags
 */
export async function makeRuntimeImages(real: RealEngine): Promise<readonly string[]> {
  const folder = await fetchRuntimes();
  const file = path.join(temporaryFolder({ Dockerfile: DOCKERFILE }), "Dockerfile");
  for (const [target, tag] of Object.entries(IMAGES))
    await real.docker("build", "--quiet", "--file", file, "--target", target, "--tag", tag, folder);
  return Object.values(IMAGES);
}
