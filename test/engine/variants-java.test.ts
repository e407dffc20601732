import { afterAll, describe, expect, test } from "vitest";
import { allEvents, buildOf } from "../support/engine/build-events.ts";
import { engineWithStore } from "../support/engine/engines.ts";
import { startedVariants } from "../support/engine/started-variants.ts";
import { folderTree } from "../support/folder-tree.ts";
import { makeJavaImages } from "../support/images/java-images.ts";

/**
 * Proves a Java service on distroless: a jar that Debian's JDK compiled and packed is started by Debian's JRE with a shell around it and
 * without. The image of distroless is a stand-in with the same paths: nothing but the JRE, its libraries and that entrypoint.
 */
const up = engineWithStore("graph");
const images = {
  jre: "eclipse-temurin:17-jre",
  maven: "maven:3.9-eclipse-temurin-17",
  gradle: "gradle:8-jdk17",
};
const distroless = "gcr.io/distroless/java17-debian13:nonroot";
const tags = ["plimsoll-variants-test:java-current", "plimsoll-variants-test:java-distroless"] as const;
afterAll(() => up.real.docker("image", "rm", "--force", ...Object.values(images), distroless, ...tags));

const project = {
  "pom.xml": "<project><artifactId>greeter</artifactId></project>\n",
  "src/main/java/App.java": `import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

public class App {
  public static void main(String[] words) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
    server.createContext("/", it -> {
      byte[] text = "Hello".getBytes();
      it.sendResponseHeaders(200, text.length);
      it.getResponseBody().write(text);
      it.close();
    });
    server.start();
    System.out.println("Hello, " + System.getProperty("whom"));
  }
}
`,
  Dockerfile: `FROM ${images.maven} AS build
WORKDIR /src
COPY pom.xml .
COPY src ./src
RUN mvn package
FROM ${images.jre}
WORKDIR /app
COPY --from=build /src/target/greeter-1.0.jar app.jar
RUN useradd --system app
USER app
EXPOSE 8080
CMD ["java", "-Dwhom=you", "-jar", "app.jar"]
`,
};

const standIn = `FROM ${images.jre} AS parts
RUN mkdir -p /parts/lib /parts/usr/lib /parts/usr/bin /parts/etc \\
    && cp -a /usr/lib/*-linux-gnu /usr/local/lib/*.so* /parts/lib/ \\
    && if [ -d /usr/lib64 ]; then cp -a /usr/lib64 /parts/lib64; fi \\
    && cp -a /usr/lib/jvm /parts/usr/lib/ && cp -a /etc/java-17-openjdk /parts/etc/ \\
    && ln -s $JAVA_HOME/bin/java /parts/usr/bin/java
FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=parts /parts /
ENTRYPOINT ["/usr/bin/java", "-jar"]
`;

describe("Java", () => {
  test("has images here", async () => {
    await makeJavaImages(up.real, images);
    await allEvents(up.engine.build(buildOf(folderTree({ Dockerfile: standIn }), { tags: [distroless] })));
  }, 600_000);

  test("runs on distroless as on the JRE, without a shell", async () => {
    const reports = await startedVariants(up.engine, project, { current: tags[0], distroless: tags[1] });
    for (const it of reports) expect(it).toMatchObject({ status: "answers", log: ["Hello, you"] });
    await expect(
      up.real.docker("run", "--rm", "--entrypoint", "/bin/sh", tags[1], "-c", "true"),
    ).rejects.toThrow();
  }, 600_000);
});
