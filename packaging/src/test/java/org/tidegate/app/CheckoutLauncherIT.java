package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher at the root of a checkout, with a build of one line in Maven's place. */
class CheckoutLauncherIT {
  @TempDir Path temp;
  private Path root;
  private Path launcher;
  private Path source;
  private Shell shell;

  @BeforeEach
  void aCheckout() throws IOException {
    root = Files.createDirectory(temp.resolve("check out"));
    source = root.resolve("filter-core/src/main/A.java");
    Files.createDirectories(source.getParent());
    Files.createDirectories(root.resolve(".mvn"));
    for (String file :
        new String[] {"pom.xml", "filter-core/pom.xml", "filter-core/src/main/A.java"}) {
      Files.writeString(root.resolve(file), "");
    }
    launcher = Files.copy(Path.of("../tidegate"), root.resolve("tidegate"));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    shell =
        new Shell(temp)
            .with("JAVA_HOME", System.getProperty("java.home"))
            .with("PATH", temp.resolve("bin") + ":" + System.getenv("PATH"));
    mavenIs(
        "echo '[INFO] Building Tidegate: matching core 1.0  [2/5]'",
        "mkdir -p packaging/target/tidegate/bin");
  }

  @Test
  void buildsOnceAndRunsTheProgramWithItsInputAndArguments() throws IOException {
    Shell.Ended first = shell.runWithInput("in", launcher, "x y", "");
    assertThat(first.out()).isEqualTo("<x y><>in");
    assertThat(first.err()).contains("building [2/5]: Tidegate: matching core\n");
    assertThat(shell.runWithInput("in", launcher).err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws IOException {
    assertThat(shell.run(launcher).code()).isZero();
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(shell.run(launcher).code()).isZero();
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void runsThroughALink() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), launcher);
    assertThat(shell.run(link, "x").out()).isEqualTo("<x>");
  }

  @Test
  void saysThatTheBuildFailedAndWhereTheLogIs() throws IOException {
    mavenIs("echo what went wrong", "exit 1");
    Shell.Ended ended = shell.run(launcher, "x");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    Path log = root.toRealPath().resolve("target/launcher/build.log");
    assertThat(ended.err()).endsWith("tidegate: the build failed (see " + log + ")\n");
    assertThat(log).hasContent("what went wrong");
  }

  @Test
  void saysWhenThereIsNoJdk() throws IOException {
    Shell.Ended ended = shell.with("JAVA_HOME", temp.toString()).run(launcher);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).startsWith("tidegate: JAVA_HOME has no bin/javac").hasLineCount(1);
  }

  @Test
  void twoStartsShareOneBuild() throws Exception {
    Process fifo = new ProcessBuilder("mkfifo", temp.resolve("gate").toString()).start();
    assertThat(Shell.end(fifo)).isZero();
    mavenIs("cat '" + temp.resolve("gate") + "'", "mkdir -p packaging/target/tidegate/bin");
    Process one = shell.start(temp.resolve("1.out"), temp.resolve("1.err"), launcher.toString());
    await().until(() -> builds() == 1);
    Process two = shell.start(temp.resolve("2.out"), temp.resolve("2.err"), launcher.toString());
    await().until(() -> Files.readString(temp.resolve("2.err")).contains("waiting"));
    Files.writeString(temp.resolve("gate"), "go\n");
    one.getOutputStream().close();
    two.getOutputStream().close();
    assertThat(Shell.end(one)).isZero();
    assertThat(Shell.end(two)).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  /** A Maven that counts its runs, swallows its input and leaves a program that shows its own. */
  private void mavenIs(String... lines) {
    Shell.script(
        temp.resolve("bin/mvn"),
        "echo build >>'" + temp.resolve("builds") + "'",
        "cat >/dev/null",
        String.join("\n", lines),
        "cat >packaging/target/tidegate/bin/tidegate <<'END'",
        "#!/bin/sh",
        "for a; do printf '<%s>' \"$a\"; done",
        "cat",
        "END",
        "chmod +x packaging/target/tidegate/bin/tidegate",
        "touch packaging/target/tidegate-1.0.tar.gz");
  }

  private int builds() throws IOException {
    Path builds = temp.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds, UTF_8).size() : 0;
  }
}
