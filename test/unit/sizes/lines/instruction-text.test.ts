import { expect, test } from "vitest";
import { instructionText } from "../../../../client/src/sizes/lines/instruction-text.ts";

// The left sides are what engines 28.5.2 (BuildKit and classic), 26.1.5 and Podman wrote for the Dockerfile lines on the right.
test.each([
  ["RUN /bin/sh -c go build -o /out . # buildkit", "RUN go build -o /out ."],
  [
    "RUN |2 WHO=me TWO=hello world /bin/sh -ec echo $WHO &&     echo two # buildkit",
    "RUN echo $WHO && echo two",
  ],
  ["RUN |2 WHO=me TWO=hello world /bin/echo exec form x # buildkit", "RUN /bin/echo exec form x"],
  ["RUN |1 A=b /bin/bash -o pipefail -c curl -s x | sh -c y # buildkit", "RUN curl -s x | sh -c y"],
  ["RUN /bin/sh -ec echo here\necho doc\n # buildkit", "RUN echo here; echo doc"],
  ["RUN cmd /S /C dir # buildkit", "RUN dir"],
  ["|1 V=x /bin/sh -c echo b", "RUN echo b"],
  ["|2 TWO=hello world WHO=me /bin/echo exec form x", "RUN /bin/echo exec form x"],
  ["/bin/sh -c apt-get update", "RUN apt-get update"],
  ["COPY /out/hello /hello # buildkit", "COPY /out/hello /hello"],
  ["COPY --chown=1:1 /b /b # buildkit", "COPY --chown=1:1 /b /b"],
  [`/bin/sh -c #(nop) COPY file:${"a".repeat(64)} in /a.txt `, "COPY … /a.txt"],
  [`/bin/sh -ec #(nop) COPY --chown=1:1 multi:${"0".repeat(64)} in /w/ `, "COPY --chown=1:1 … /w/"],
  [`/bin/sh -c #(nop) ADD dir:${"0".repeat(64)} in / `, "ADD … /"],
  ["/bin/sh -c #(nop)  ENV A=1 B=two words", "ENV A=1 B=two words"],
  ["ENV A=1 B=two words", "ENV A=1 B=two words"],
  ["WORKDIR /w/sub", "WORKDIR /w/sub"],
  ["/bin/sh -c #(nop) WORKDIR /w", "WORKDIR /w"],
  ["EXPOSE [443/udp 80/tcp]", "EXPOSE 443/udp 80"],
  ["EXPOSE map[80/tcp:{}]", "EXPOSE 80"],
  ["/bin/sh -ec #(nop)  EXPOSE 443/udp 80", "EXPOSE 443/udp 80"],
  ["VOLUME [/d1 /d2]", "VOLUME /d1 /d2"],
  ["SHELL [/bin/sh -ec]", 'SHELL ["/bin/sh", "-ec"]'],
  ['CMD ["/bin/sh" "-ec" "echo hi"]', "CMD echo hi"],
  ['/bin/sh -c #(nop)  CMD ["/usr/local/bin/hello" "-v"]', 'CMD ["/usr/local/bin/hello", "-v"]'],
  ['ENTRYPOINT ["/bin/sh" "-c"]', 'ENTRYPOINT ["/bin/sh", "-c"]'],
  ['CMD ["say \\"hi\\""]', 'CMD ["say \\"hi\\""]'],
  [
    `HEALTHCHECK &{["CMD-SHELL" "echo ok"] "5s" "0s" "0s" "0s" '\\x03'}`,
    "HEALTHCHECK --interval=5s --retries=3 CMD echo ok",
  ],
  [
    `HEALTHCHECK &{["CMD" "/hello" "-health"] "1s" "3s" "0s" "0s" '\\x00'}`,
    'HEALTHCHECK --interval=1s --timeout=3s CMD ["/hello", "-health"]',
  ],
  [`HEALTHCHECK &{["CMD" "x"] "0s" "0s" "7s" '\\n'}`, 'HEALTHCHECK --start-period=7s --retries=10 CMD ["x"]'],
  [`HEALTHCHECK &{["NONE"] "0s" "0s" "0s" "0s" '\\x00'}`, "HEALTHCHECK NONE"],
  [
    "/bin/sh -c #(nop)  HEALTHCHECK &{[CMD-SHELL echo ok] 5s 0s 0s 0s 3}",
    "HEALTHCHECK --interval=5s --retries=3 CMD echo ok",
  ],
  ["/bin/sh -c #(nop) HEALTHCHECK --interval=5s CMD curl x", "HEALTHCHECK --interval=5s CMD curl x"],
  ["/bin/sh -ec #(nop)  ONBUILD RUN echo x", "ONBUILD RUN echo x"],
  ["USER 65532:65532", "USER 65532:65532"],
])("%s", (createdBy, text) => {
  expect(instructionText(createdBy)).toEqual({ keyword: text.split(" ")[0], text });
});

test.each([
  ["", "Imported from -", "Imported from -"],
  ["", "", "(no instruction)"],
  ["bazel build ...", "", "bazel build ..."],
  [
    "# debian.sh --arch 'amd64' out/ 'trixie' '@1756080000'",
    "debuerreotype 0.16",
    "# debian.sh --arch 'amd64' out/ 'trixie' '@1756080000'",
  ],
])("what no Dockerfile made: “%s”", (createdBy, comment, text) => {
  expect(instructionText(createdBy, comment)).toEqual({ keyword: "OTHER", text });
});
