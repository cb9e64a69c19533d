package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tidegate list …} from a publisher's text to a gateway's store. */
class SignedListCommandsIT {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory;

  @BeforeEach
  void publish() throws IOException {
    Files.writeString(directory.resolve("list.txt"), "listed.example\nfoo bar\nhost.test/page\n");
    assertThat(list("init --dir PUB")).isZero();
    assertThat(list("publish --dir PUB --name iwf --list TEXT --format native")).isZero();
    assertThat(err.toString(UTF_8))
        .startsWith(
            "list: 2 entries, 0 duplicates, 0 held back, 0 skipped, 1 refused (INVALID_HOST 1)\n"
                + "list: 1 domain, 0 host, 0 prefix, 1 page, 0 exact; 0 covered by broader ones; ");
    clear();
  }

  @Test
  void fetchStoresTheNewestEditionAndStatusTellsIt() {
    assertThat(fetch()).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("list iwf: updated to serial 1\n");
    clear();
    assertThat(fetch()).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("list iwf: current, serial 1\n");
    clear();
    assertThat(list("status --store STORE --json")).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("{\"lists\":[{")
        .contains("\"name\":\"iwf\"", "\"serial\":1", "\"entries\":2", "\"freshness\":\"fresh\"");
    clear();
    assertThat(list("status --store STORE")).isZero();
    assertThat(out.toString(UTF_8)).startsWith("iwf: fresh, serial 1, 2 entries, ");
    clear();
    assertThat(list("verify --store STORE --list-key PUB/list.key")).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("list iwf: good, serial 1, 2 entries\n");
    assertThat(err.size()).isZero();
  }

  @Test
  void aRefusalIsOneLineWithItsCode() throws IOException {
    assertThat(fetch()).isZero();
    clear();
    assertThat(
            list(
                "publish --dir PUB --name iwf --list TEXT --format native"
                    + " --timestamp-lifetime 1s"))
        .isZero();
    flip(directory.resolve("pub/repository"), ".2.tgl");
    clear();
    assertThat(fetch()).isEqualTo(3);
    assertThat(err.toString(UTF_8)).matches("tidegate list fetch: refused: (tampered|expired)\n");
    clear();
    assertThat(list("status --store STORE")).isZero();
    assertThat(out.toString(UTF_8)).contains("serial 1", "refused (");
  }

  @Test
  void aDamagedStoreDoesNotVerify() throws IOException {
    assertThat(fetch()).isZero();
    flip(directory.resolve("store"), ".tgl");
    clear();
    assertThat(list("verify --store STORE")).isEqualTo(3);
    assertThat(err.toString(UTF_8))
        .isEqualTo("tidegate list verify: list iwf: refused: store-damaged\n");
  }

  @Test
  void anAbsentRepositoryIsUnreachable() {
    int code =
        list(
            "fetch --repository NOWHERE --trusted-root PUB/root.json --list-key PUB/list.key"
                + " --name iwf --store STORE");
    assertThat(code).isEqualTo(4);
    assertThat(err.toString(UTF_8)).isEqualTo("tidegate list fetch: unreachable: not-found\n");
  }

  @Test
  void rotatedKeysAreFollowed() {
    assertThat(fetch()).isZero();
    for (String role : List.of("timestamp", "snapshot", "targets", "root")) {
      assertThat(list("rotate --dir PUB " + role)).isZero();
    }
    assertThat(list("publish --dir PUB --name iwf --list TEXT --format native")).isZero();
    clear();
    assertThat(fetch()).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("list iwf: updated to serial 2\n");
    clear();
    assertThat(list("inspect --dir PUB")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("root       version 8", "threshold 2 of 3 keys, 3 here", "list iwf  serial 2");
  }

  @Test
  void compileWritesTheListAlone() {
    assertThat(
            list(
                "compile --list TEXT --format native --list-key PUB/list.key --name iwf"
                    + " --output OUT"))
        .isZero();
    assertThat(directory.resolve("out.tgl")).isNotEmptyFile();
    assertThat(list("timestamp --dir PUB")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | tidegate list: a command is missing (see tidegate list --help)",
        "init --dir PUB | tidegate list init: the directory is a publisher's already",
        "inspect --dir NOWHERE | tidegate list inspect: the directory is no publisher's (tidegate"
            + " list init makes one)",
        "rotate --dir PUB king | tidegate list rotate: no such role (expected: root, targets,"
            + " snapshot or timestamp) (see tidegate list rotate --help)",
        "status --store NOWHERE | tidegate list status: --store: no such directory",
        "verify --store PUB/repository/targets/lists/iwf | tidegate list verify: the store has no"
            + " list",
        "fetch --repository PUB/repository --trusted-root NOWHERE --list-key PUB/list.key --name"
            + " iwf --store STORE | tidegate list fetch: --trusted-root: cannot be read",
        "fetch --repository PUB/repository --trusted-root PUB/root.json --list-key TEXT --name iwf"
            + " --store STORE | tidegate list fetch: --list-key: no list key (expected: 32"
            + " hexadecimal digits)",
        "fetch --repository PUB/repository --trusted-root PUB/root.json --list-key PUB/list.key"
            + " --name ../x --store STORE | tidegate list fetch: --name: expected lower-case"
            + " letters, digits and hyphens, at most 32 (see tidegate list fetch --help)",
      })
  void whatCannotBeDoneIsOneLine(String arguments, String line) {
    assertThat(list(arguments)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).isEqualTo(line + "\n");
  }

  private int fetch() {
    return list(
        "fetch --repository PUB/repository --trusted-root PUB/root.json --list-key PUB/list.key"
            + " --name iwf --store STORE");
  }

  private int list(String arguments) {
    List<String> all = new ArrayList<>(List.of("list"));
    for (String argument : arguments.split(" ")) {
      if (!argument.isEmpty()) {
        all.add(
            argument
                .replace("NOWHERE", directory.resolve("nowhere").toString())
                .replace("PUB", directory.resolve("pub").toString())
                .replace("STORE", directory.resolve("store").toString())
                .replace("TEXT", directory.resolve("list.txt").toString())
                .replace("OUT", directory.resolve("out.tgl").toString()));
      }
    }
    return Tidegate.run(
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        all.toArray(String[]::new));
  }

  private void clear() {
    out.reset();
    err.reset();
  }

  private static void flip(Path root, String end) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      Path file = files.filter(f -> f.toString().endsWith(end)).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
  }
}
