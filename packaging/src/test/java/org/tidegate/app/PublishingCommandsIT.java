package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publisher's day: lists from elsewhere, keys in several hands, a list key that is replaced. */
class PublishingCommandsIT {
  /** In no other file of this machine. */
  private final String secret = "h" + UUID.randomUUID().toString().replace("-", "");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory;

  @Test
  void noClearTextIsLeftOnTheDisk() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    ok("list init --dir PUB");
    // What the script says is not what it prints.
    String reversed = new StringBuilder(secret).reverse().toString();
    Path script =
        Files.writeString(
            directory.resolve("print.sh"),
            "printf 'id;url\\n1;http://%s.example/\\n' $(echo " + reversed + " | rev)");
    for (String packer : List.of("cat", "gzip")) {
      ok(
          new String[] {
            "list",
            "publish",
            "--dir",
            pub(),
            "--name",
            packer,
            "--format",
            "urls",
            "--csv-column",
            "URL",
            "--csv-delimiter",
            ";",
            "--list-command",
            "sh " + script + " | " + packer
          });
    }
    assertThat(out.toString(UTF_8)).contains("list cat: serial 1", "list gzip: serial 1");
    assertThat(err.toString(UTF_8)).contains("1 entries").doesNotContain(secret);
    assertThat(holding(directory, secret)).isEmpty();
    assertThat(holding(temporary, secret)).isEmpty();
  }

  @Test
  void aCommandThatFailsPublishesNothing() {
    ok("list init --dir PUB");
    int code =
        run(
            "list",
            "publish",
            "--dir",
            pub(),
            "--name",
            "l",
            "--format",
            "urls",
            "--list-command",
            "printf 'http://a.example/\\n'; exit 3");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo("tidegate list publish: the command failed (exit code 3)\n");
    assertThat(directory.resolve("pub/repository/targets")).doesNotExist();
  }

  @Test
  void whatIsUnchangedIsNotPublishedAgain() throws IOException {
    Path list = Files.writeString(directory.resolve("l.txt"), "a.example\n");
    String publish = "list publish --dir PUB --name l --format native --if-changed --list " + list;
    ok("list init --dir PUB");
    ok(publish);
    ok(publish);
    Files.writeString(list, "# the same\na.example\na.example\n");
    ok(publish);
    Files.writeString(list, "b.example\n");
    ok(publish);
    assertThat(out.toString(UTF_8).lines().skip(1))
        .containsExactly(
            "list l: serial 1 published",
            "list l: unchanged",
            "list l: unchanged",
            "list l: serial 2 published");
  }

  @Test
  void rootKeysSignElsewhereOneAtATime() throws IOException {
    Path phrase = Files.writeString(directory.resolve("phrase"), "correct horse\n");
    ok("list init --dir PUB --passphrase-file " + phrase);
    Path safe = Files.createDirectory(directory.resolve("safe"));
    List<Path> keys = new ArrayList<>();
    try (Stream<Path> all = Files.list(directory.resolve("pub/keys"))) {
      for (Path key : all.filter(f -> f.getFileName().toString().startsWith("root")).toList()) {
        keys.add(Files.move(key, safe.resolve(key.getFileName())));
      }
    }
    String phrased = " --passphrase-file " + phrase;
    ok("list rotate --dir PUB timestamp" + phrased);
    Path copy = Files.copy(directory.resolve("pub/pending.json"), directory.resolve("copy"));
    ok("list sign --file " + copy + " --key " + keys.get(0) + phrased);
    ok("list sign --file " + copy + " --key " + keys.get(2) + phrased);
    ok("list sign --dir PUB --signed " + copy + phrased);
    assertThat(out.toString(UTF_8))
        .contains("waits for signatures: root 2: 2 more of the keys before, 2 more of its own")
        .endsWith("keys: replaced\n");
    out.reset();
    ok("list inspect --dir PUB");
    assertThat(out.toString(UTF_8))
        .contains("root       version 3")
        .contains("2 of 3 keys, 0 here");
  }

  @Test
  void aGatewayWithTheWrongListKeyKeepsItsList() throws IOException {
    Path list = Files.writeString(directory.resolve("l.txt"), "a.example\n");
    String publish = "list publish --dir PUB --name l --format native --list " + list;
    ok("list init --dir PUB");
    ok(publish);
    Path old = Files.copy(directory.resolve("pub/list.key"), directory.resolve("old.key"));
    String fetch =
        "list fetch --repository PUB/repository --trusted-root PUB/root.json --name l --store "
            + directory.resolve("store")
            + " --list-key ";
    ok(fetch + old);
    ok("list rotate --dir PUB list-key");
    ok("list rotate --dir PUB list-key --finish");
    ok(publish);
    err.reset();
    assertThat(run((fetch + old).replace("PUB", pub()).split(" "))).isEqualTo(3);
    assertThat(err.toString(UTF_8)).isEqualTo("tidegate list fetch: refused: wrong-key\n");
    ok("list verify --store " + directory.resolve("store") + " --list-key " + old);
    ok(fetch + directory.resolve("pub/list.key"));
    assertThat(out.toString(UTF_8)).endsWith("list l: updated to serial 2\n");
  }

  @Test
  void aPublishersRepositoryIsVerifiedAsGatewaysDo() throws IOException {
    Path list = Files.writeString(directory.resolve("l.txt"), "a.example\n");
    ok("list init --dir PUB");
    ok("list publish --dir PUB --name l --format native --list " + list);
    out.reset();
    ok("list verify --dir PUB");
    assertThat(out.toString(UTF_8)).isEqualTo("list l: good, serial 1, 1 entries\n");
    try (Stream<Path> files = Files.walk(directory.resolve("pub/repository"))) {
      Path compiled = files.filter(f -> f.toString().endsWith(".tgl")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(compiled);
      bytes[bytes.length / 2] ^= 1;
      Files.write(compiled, bytes);
    }
    assertThat(run("list", "verify", "--dir", pub())).isEqualTo(3);
    assertThat(err.toString(UTF_8)).endsWith("tidegate list verify: list l: refused: tampered\n");
  }

  private String pub() {
    return directory.resolve("pub").toString();
  }

  private void ok(String arguments) {
    ok(arguments.replace("PUB", pub()).split(" "));
  }

  private void ok(String[] arguments) {
    assertThat(run(arguments)).as(err.toString(UTF_8)).isZero();
  }

  private int run(String... arguments) {
    return Tidegate.run(
        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), arguments);
  }

  /** The files below that hold the text; files of others may vanish meanwhile. */
  private static List<Path> holding(Path root, String text) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        Set.of(),
        4,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && attributes.size() < 10_000_000 && holds(file, text)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), ISO_8859_1).contains(text);
    } catch (IOException e) {
      return false;
    }
  }
}
