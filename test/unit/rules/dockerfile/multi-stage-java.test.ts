import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { toolchainInFinalStage as rule } from "../../../../server/src/rules/dockerfile/toolchain-in-final-stage.ts";
import { applyEdits } from "../../../../server/src/text/edit.ts";
import { source } from "../../../../server/src/text/source.ts";
import { fixes } from "../../../support/check.ts";
import { contextOf, modelOf } from "../../../support/model.ts";

const pom =
  "<project><build><plugins><artifactId>spring-boot-maven-plugin</artifactId></plugins></build></project>";
const maven = project({ "pom.xml": pom });

function project(files: Readonly<Record<string, string>>): {
  readonly context: ReturnType<typeof contextOf>;
} {
  return { context: contextOf({ "src/main/java/App.java": "", ...files }) };
}

test("Maven: a JRE with the jar", () => {
  fixes(rule, "unsafe", "", maven)`
    FROM maven:3.9-eclipse-temurin-21
    WORKDIR /app
    COPY pom.xml .
    RUN mvn -B dependency:go-offline
    COPY src ./src
    # Tests run elsewhere.
    RUN --mount=type=cache,target=/root/.m2 mvn -B package -DskipTests
    EXPOSE 8080
    ENTRYPOINT ["java", "-Djava.security.egd=file:/dev/./urandom", "-jar", "target/shop-1.0.jar"]
    ->
    FROM maven:3.9-eclipse-temurin-21 AS builder
    WORKDIR /app
    COPY pom.xml .
    RUN mvn -B dependency:go-offline
    COPY src ./src
    # Tests run elsewhere.
    RUN --mount=type=cache,target=/root/.m2 mvn -B package -DskipTests

    FROM eclipse-temurin:21-jre
    WORKDIR /app
    COPY --from=builder /app/target/shop-1.0.jar /app/target/shop-1.0.jar
    EXPOSE 8080
    ENTRYPOINT ["java", "-Djava.security.egd=file:/dev/./urandom", "-jar", "target/shop-1.0.jar"]
  `;
});

test("a jar that is copied out of the build needs no more, known context or not", () => {
  fixes(rule, "unsafe")`
    FROM eclipse-temurin:21-jdk-alpine AS shop
    ENV MAVEN_OPTS=-Xmx1g
    ENV JAVA_OPTS=-Xmx512m
    RUN addgroup -S -g 1200 shop && adduser -S -u 1200 -G shop shop
    WORKDIR /build
    COPY . .
    RUN chmod +x mvnw && ./mvnw clean package -DskipTests && mv target/*.jar /shop.jar && rm -rf /root/.m2
    VOLUME /tmp
    USER shop:shop
    COPY --chown=shop:shop banner.txt /etc/shop/
    HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/actuator/health || exit 1
    CMD ["sh", "-c", "java $JAVA_OPTS -jar /shop.jar"]
    ->
    FROM eclipse-temurin:21-jdk-alpine AS builder
    ENV MAVEN_OPTS=-Xmx1g
    ENV JAVA_OPTS=-Xmx512m
    RUN addgroup -S -g 1200 shop && adduser -S -u 1200 -G shop shop
    WORKDIR /build
    COPY . .
    RUN chmod +x mvnw && ./mvnw clean package -DskipTests && mv target/*.jar /shop.jar && rm -rf /root/.m2

    FROM eclipse-temurin:21-jre-alpine AS shop
    ENV JAVA_OPTS=-Xmx512m
    RUN addgroup -S -g 1200 shop && adduser -S -u 1200 -G shop shop
    WORKDIR /build
    COPY --from=builder /shop.jar /shop.jar
    VOLUME /tmp
    USER shop:shop
    COPY --chown=shop:shop banner.txt /etc/shop/
    HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/actuator/health || exit 1
    CMD ["sh", "-c", "java $JAVA_OPTS -jar /shop.jar"]
  `;
});

test("Gradle, with files that the program reads and a user of Ubuntu's", () => {
  const gradle = project({ "build.gradle.kts": 'plugins { id("org.springframework.boot") }' });
  fixes(rule, "unsafe", "", gradle)`
    FROM gradle:8.14-jdk21-noble
    RUN useradd --system --uid 1200 shop
    WORKDIR /home/gradle/shop
    COPY --chown=gradle:gradle build.gradle.kts settings.gradle.kts ./
    COPY --chown=gradle:gradle src ./src
    COPY config ./config
    RUN gradle bootJar --no-daemon
    USER shop
    STOPSIGNAL SIGINT
    ENTRYPOINT ["java", "-jar"]
    CMD ["build/libs/shop.jar"]
    ->
    FROM gradle:8.14-jdk21-noble AS builder
    RUN useradd --system --uid 1200 shop
    WORKDIR /home/gradle/shop
    COPY --chown=gradle:gradle build.gradle.kts settings.gradle.kts ./
    COPY --chown=gradle:gradle src ./src
    COPY config ./config
    RUN gradle bootJar --no-daemon

    FROM eclipse-temurin:21-jre-noble
    RUN useradd --system --uid 1200 shop
    WORKDIR /home/gradle/shop
    COPY --from=builder /home/gradle/shop/build/libs/shop.jar /home/gradle/shop/build/libs/shop.jar
    COPY config ./config
    USER shop
    STOPSIGNAL SIGINT
    ENTRYPOINT ["java", "-jar"]
    CMD ["build/libs/shop.jar"]
  `;
});

const plain = source`
  FROM maven:3-eclipse-temurin-21
  WORKDIR /app
  COPY . .
  RUN mvn package
  CMD ["java", "-jar", "/app/target/shop.jar"]
`;

/** The runtime stage after the fix. */
function after(text: string, inputs: object = maven): string | undefined {
  const [problem] = checkDockerfile(modelOf(text, inputs), { rules: [rule] });
  expect(problem).toBeDefined();
  const edits = problem?.fixes[0]?.edits;
  return edits && applyEdits(text, edits).split("\n\n")[1];
}

test("the JRE of the same version and system", () => {
  const from = (image: string) =>
    /^FROM (.*)$/m.exec(after(plain.replace("maven:3-eclipse-temurin-21", image)) ?? "")?.[1];
  expect(from("maven:3.9.9-eclipse-temurin-17-alpine")).toBe("eclipse-temurin:17-jre-alpine");
  expect(from("maven:eclipse-temurin-25")).toBe("eclipse-temurin:25-jre");
  expect(from("gradle:jdk17-jammy")).toBe("eclipse-temurin:17-jre-jammy");
  expect(from("eclipse-temurin:21")).toBe("eclipse-temurin:21-jre");
  expect(from("eclipse-temurin:21.0.5_11-jdk-noble")).toBe("eclipse-temurin:21.0.5_11-jre-noble");
  for (const unknown of ["maven:3.9", "maven", "gradle:8.14", "openjdk:27-slim"])
    expect(from(unknown)).toBeUndefined();
  const variable = `ARG JDK=21\n${plain.replace("temurin-21", "temurin-$JDK")}`;
  expect(after(variable)).toBeUndefined();
});

test("Quarkus needs the folder, modules have a pom of their own, and -f names it", () => {
  expect(after(plain.replace("shop.jar", "quarkus-app/quarkus-run.jar"))).toContain(
    "COPY --from=builder /app/target/quarkus-app /app/target/quarkus-app\n",
  );
  const modules = project({ "pom.xml": "<project><modules/></project>", "web/pom.xml": pom });
  const inModule = plain.replace("/app/target", "/app/web/target");
  expect(after(inModule, modules)).toContain("COPY --from=builder /app/web/target/shop.jar");
  const withFile = plain.replace("mvn package", "mvn -f /app/pom.xml clean package");
  expect(after(withFile)).toContain("COPY --from=builder /app/target/shop.jar");
});

const thin = project({ "pom.xml": "<project><dependency></dependency></project>" });

test.each([
  ["a jar by a pattern", plain.replace(/CMD.*/, "CMD java -jar target/*.jar"), maven],
  ["no known context, and a jar among the output", plain, {}],
  ["a jar without what it depends on", plain, thin],
  ["a jar that names others", plain, project({ "pom.xml": `${pom}<addClasspath>true</addClasspath>` })],
  ["settings beside the sources", plain, project({ "pom.xml": pom, "config/application.yml": "" })],
  ["an agent", plain.replace('"-jar"', '"-javaagent:/agent.jar", "-jar"'), maven],
  ["a class path", plain.replace('"-jar", "', '"-cp", "lib/*:'), maven],
  ["packages that it may need", plain.replace("RUN", "RUN apt-get install -y ffmpeg\nRUN"), maven],
  ["folders that are set up", plain.replace("RUN", "RUN mkdir /data\nRUN"), maven],
  ["files from elsewhere", plain.replace("RUN", "COPY logback.xml /etc/shop/\nRUN"), maven],
  ["another JAVA_HOME", plain.replace("RUN", "ENV JAVA_HOME=/opt/java\nRUN"), maven],
  [
    "a second copy",
    plain.replace("mvn package", "mvn package && cp target/a.jar /a.jar && cp target/b.jar /b.jar"),
    maven,
  ],
  ["a folder that RUN goes to", plain.replace("mvn package", "cd /app && mvn package"), maven],
  ["a user of the builder's", plain.replace("RUN", "USER ubuntu\nRUN").replace("-21", "-17"), maven],
  ["a probe that the JRE has no tool for", plain.replace("CMD", "HEALTHCHECK CMD jcmd 1\nCMD"), maven],
])("nothing for %s", (_, text, inputs) => {
  expect(after(text, inputs)).toBeUndefined();
});

test("what comes out has no problem that was not there before", () => {
  const before = checkDockerfile(modelOf(plain, maven));
  const edits = before.find((it) => it.rule === rule.id)?.fixes[0]?.edits ?? [];
  expect(edits.length).toBeGreaterThan(0);
  const left = checkDockerfile(modelOf(applyEdits(plain, edits), maven));
  const known = new Set(before.map((it) => it.rule));
  expect(left.map((it) => it.rule).filter((it) => !known.has(it))).toEqual([]);
});
