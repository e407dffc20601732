import { afterAll, describe, expect, test } from "vitest";
import { engineWithStore } from "../support/engine/engines.ts";
import { startedVariants } from "../support/engine/started-variants.ts";
import { makeRuntimeImages } from "../support/images/runtime-images.ts";

/**
 * Proves Python and nginx on the other bases: user, health check and how it is started are what each base needs. The images are
 * stand-ins of Debian's programs.
 */
const up = engineWithStore("graph");
let images: readonly string[] = [];
const tagged = (names: readonly string[], kind: string) =>
  Object.fromEntries(names.map((it) => [it, `plimsoll-variants-test:${kind}-${it}`]));
const tags = {
  python: tagged(["slim", "alpine", "distroless"], "python"),
  packages: tagged(["alpine"], "pip"),
  nginx: tagged(["alpine-slim"], "nginx"),
};
afterAll(() =>
  up.real.docker(
    "image",
    "rm",
    "--force",
    ...Object.values(tags).flatMap((it) => Object.values(it)),
    ...images,
  ),
);

const app = `import http.server, os
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *words):
        pass
print("Hello,", os.getuid(), flush=True)
http.server.HTTPServer(("", 8000), Handler).serve_forever()
`;

describe("Python", () => {
  test("has images here, and so has nginx", async () => {
    images = await makeRuntimeImages(up.real);
  }, 600_000);

  test("starts on each base as the same user, and each asks with what it has", async () => {
    const project = {
      "app.py": app,
      Dockerfile: `FROM python:3.13
WORKDIR /app
COPY app.py ./
RUN useradd --uid 1500 app
USER app
EXPOSE 8000
HEALTHCHECK --interval=1s CMD curl -f http://localhost:8000/ || exit 1
CMD python app.py
`,
    };
    const reports = await startedVariants(up.engine, project, tags.python);
    for (const it of reports) expect(it).toMatchObject({ status: "healthy", log: ["Hello, 1500"] });
  }, 600_000);

  test("takes what pip installs along", async () => {
    const project = {
      "app.py": app.replace('"Hello,"', "__import__('greeting').word"),
      "greeting/greeting.py": 'word = "Good day,"\n',
      "greeting/greeting-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n",
      "greeting/greeting-1.0.dist-info/WHEEL":
        "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
      "greeting/greeting-1.0.dist-info/RECORD":
        "greeting.py,,\ngreeting-1.0.dist-info/METADATA,,\ngreeting-1.0.dist-info/WHEEL,,\ngreeting-1.0.dist-info/RECORD,,\n",
      Dockerfile: `FROM python:3.13
WORKDIR /app
COPY greeting /wheel
RUN python -m zipfile -c greeting-1.0-py3-none-any.whl /wheel/* && pip install --no-cache-dir --no-index ./greeting-1.0-py3-none-any.whl
COPY app.py ./
USER 1500
EXPOSE 8000
CMD ["python", "app.py"]
`,
    };
    const reports = await startedVariants(up.engine, project, tags.packages);
    for (const it of reports) expect(it).toMatchObject({ status: "answers", log: ["Good day, 1500"] });
  }, 600_000);
});

describe("nginx", () => {
  test("serves a site on alpine-slim, where wget asks instead of curl", async () => {
    const project = {
      "site/index.html": "<p>Hello</p>\n",
      Dockerfile: `FROM nginx:1.29
COPY site /usr/share/nginx/html
HEALTHCHECK --interval=1s CMD curl -f http://localhost/ || exit 1
`,
    };
    const reports = await startedVariants(up.engine, project, tags.nginx);
    for (const it of reports) expect(it).toMatchObject({ status: "healthy" });
  }, 600_000);
});
