package org.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher of the distribution, as the build has just assembled it. */
class LauncherIT {
  private static final String ALWAYS =
      "-XX:+UseParallelGC"
          + largePages()
          + " -Xmn32m -XX:+ExitOnOutOfMemoryError"
          + " -Dio.netty.leakDetection.level=disabled -Dio.netty.jfr.enabled=false";

  private static final Path HOME = Path.of("target/tidegate").toAbsolutePath();
  private static final Path LAUNCHER = HOME.resolve("bin/tidegate");

  @TempDir Path temp;
  private Path directory;
  private Shell shell;

  @BeforeEach
  void anAwkwardDirectory() throws IOException {
    directory = Files.createDirectory(temp.resolve("a b'c"));
    shell = new Shell(directory).with("JAVA_HOME", System.getProperty("java.home"));
  }

  /** What the launcher asks for where the kernel has them for who asks. */
  private static String largePages() {
    try {
      String enabled = Files.readString(Path.of("/sys/kernel/mm/transparent_hugepage/enabled"));
      return enabled.contains("[never]") ? "" : " -XX:+UseTransparentHugePages";
    } catch (IOException e) {
      return ""; // a kernel without them
    }
  }

  /** JUnit would warn of links that lead out of its directory. */
  @AfterEach
  void removeLinks() throws IOException {
    for (String link : new String[] {"one", "two", "home/lib"}) {
      Files.deleteIfExists(directory.resolve(link));
    }
  }

  @Test
  void runsFromAnywhereThroughLinksWithoutAWarning() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("one"), LAUNCHER);
    Path chain = Files.createSymbolicLink(directory.resolve("two"), link.getFileName());
    Shell.Ended ended = shell.run(chain, "--version");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith("tidegate " + Version.number());
    assertThat(ended.code()).isZero();
  }

  @Test
  void startsFromStoredClassesWithoutAWarning() throws IOException {
    Shell.Ended prepared = shell.run(HOME.resolve("bin/tidegate-prepare"));
    assertThat(prepared.out()).startsWith("tidegate-prepare: stored ");
    Shell.Ended ended = shell.run(LAUNCHER, "--version");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith("tidegate " + Version.number());
  }

  @Test
  void runsFromADirectoryWithSpaces() throws IOException {
    Files.createDirectories(directory.resolve("home/bin"));
    Files.copy(LAUNCHER, directory.resolve("home/bin/tidegate"));
    Files.createSymbolicLink(directory.resolve("home/lib"), HOME.resolve("lib"));
    assertThat(directory.resolve("home/bin/tidegate").toFile().setExecutable(true)).isTrue();
    assertThat(shell.run(directory.resolve("home/bin/tidegate"), "--help").code()).isZero();
  }

  @Test
  void saysAnErrorOnOneLineAndEndsWithTwo() throws IOException {
    Shell.Ended ended = shell.run(LAUNCHER, "--nonsense");
    assertThat(ended.err())
        .isEqualTo("tidegate: unknown option --nonsense (see tidegate --help)\n");
    assertThat(ended.code()).isEqualTo(2);
  }

  @Test
  void isQuietWhenItsReaderHasGone() throws IOException {
    Path script = Shell.script(directory.resolve("pipe"), "\"$1\" --help | :");
    assertThat(shell.run(script, LAUNCHER.toString()).err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "17.0.15, ''",
    "22, ''",
    "23.0.1, --sun-misc-unsafe-memory-access=allow",
    "24, --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED",
    "25.0.3, --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED",
  })
  void givesEachJavaTheFlagsItKnows(String version, String flags) throws IOException {
    fakeJava("for a; do printf '<%s>' \"$a\"; done");
    Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
    String expected = (flags + " " + ALWAYS + " -Da=1 -Db=2 -jar").trim().replace(" ", "><");
    Path home = withoutStoredClasses();
    Path launcher = home.resolve("bin/tidegate");
    assertThat(shell.with("TIDEGATE_JAVA_OPTS", "-Da=1 -Db=2").run(launcher, "x y", "*", "").out())
        .isEqualTo("<" + expected + "><" + home + "/lib/tidegate.jar><x y><*><>");
  }

  @Test
  void takesNoOtherOptionForTheChoiceOfACollector() throws IOException {
    fakeJava("for a; do printf '<%s>' \"$a\"; done");
    Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"17\"\n");
    shell.with("TIDEGATE_JAVA_OPTS", "-XX:+UseStringDeduplication -Dlog=GC.txt");
    assertThat(shell.run(withoutStoredClasses().resolve("bin/tidegate")).out())
        .contains("<-XX:+UseParallelGC>");
  }

  @Test
  void leavesTheChoiceOfACollectorToWhoMakesIt() throws IOException {
    shell.with("TIDEGATE_JAVA_OPTS", "-XX:+UseSerialGC");
    assertThat(shell.run(LAUNCHER, "--version").err()).isEmpty();
  }

  @Test
  void theConformanceSuitesClientIsOurs() throws IOException {
    Path root = Files.writeString(directory.resolve("root.json"), "{}");
    Path client = Path.of("conformance/tuf-client").toAbsolutePath();
    String metadata = directory + "/metadata";
    assertThat(shell.run(client, "--metadata-dir", metadata, "init", root.toString()).code())
        .isZero();
    String[] refresh = {
      "--metadata-dir", metadata, "--metadata-url", "http://127.0.0.1:9/", "refresh"
    };
    Shell.Ended ended = shell.run(client, refresh);
    assertThat(ended.err()).isEqualTo("tidegate tuf-client: refused: malformed\n");
    assertThat(ended.code()).isOne();
  }

  private Path withoutStoredClasses() throws IOException {
    Path home = directory.resolve("home");
    Files.createDirectories(home.resolve("bin"));
    Files.copy(LAUNCHER, home.resolve("bin/tidegate"), StandardCopyOption.COPY_ATTRIBUTES);
    return home;
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_402, 1", "11.0.2, 11", "16, 16"})
  void refusesAnOldJava(String version, String shown) throws IOException {
    fakeJava("echo 'openjdk version \"" + version + "\" 2020-01-01' >&2");
    Shell.Ended ended = shell.run(LAUNCHER, "--version");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).startsWith("tidegate: this Java is too old: " + shown).hasLineCount(1);
  }

  @Test
  void saysThatJavaHomeHasNone() throws IOException {
    Shell.Ended ended = shell.with("JAVA_HOME", directory.toString()).run(LAUNCHER);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).startsWith("tidegate: JAVA_HOME has no bin/java").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"C, C.UTF-8", "POSIX, C.UTF-8", "xx_XX.UTF-8, C.UTF-8", "C.utf8, C.utf8"})
  void liftsALocaleWithoutUtf8OrNotInstalled(String locale, String seen) throws IOException {
    fakeJava("printf '%s' \"$LC_ALL\"");
    Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"17\"\n");
    assertThat(shell.with("LC_ALL", locale).run(LAUNCHER).out()).isEqualTo(seen);
  }

  @Test
  void closedStandardStreamsLeadNowhere() throws IOException {
    fakeJava("seen=$(readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2); echo \"$seen\" >seen");
    Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"17\"\n");
    Path script = Shell.script(directory.resolve("closed"), "exec \"$1\" <&- >&- 2>&-");
    assertThat(shell.run(script, LAUNCHER.toString()).code()).isZero();
    assertThat(directory.resolve("seen")).hasContent("/dev/null\n/dev/null\n/dev/null\n");
  }

  private void fakeJava(String line) {
    Shell.script(directory.resolve("jdk/bin/java"), line);
    shell.with("JAVA_HOME", directory.resolve("jdk").toString());
  }
}
