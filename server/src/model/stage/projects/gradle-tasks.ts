/**
 * A task of Gradle that packs or installs what it compiles, of the project itself or of one below it (`:app:bootJar`): tasks of Gradle's own
 * plugins, Spring Boot's, Shadow's and Ktor's (their documentation, read 2026-11), and `fatJar`, as many call one of their own.
 */
export const GRADLE_BUILD =
  /^:?(?:[\w-]+:)*(?:assemble|bootJar|bootWar|build|buildFatJar|fatJar|installDist|jar|shadowJar|war)$/;
