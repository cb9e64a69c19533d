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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.PreCheck;
import org.tidegate.filter.url.UrlView;
import org.tidegate.publish.ListKeyFile;
import org.tidegate.publish.PublishException;

/** What {@code tidegate list compile} and {@code publish} write, tell and hold back. */
class ListCompileIT {
  private static final String LIST =
      "big.example\nwww.big.example/\nco.uk\nblogspot.com\nlisted.example/page\nfoo bar\n"
          + "listed.example\n";

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory;

  @BeforeEach
  void init() throws IOException {
    Files.writeString(directory.resolve("list.txt"), LIST);
    Files.writeString(directory.resolve("shared.txt"), "# shared\nwww.big.example\n");
    assertThat(list("init --dir PUB")).isZero();
    err.reset();
  }

  @Test
  void theSameFileGivesTheSameBytesAndAPreCheckBesideThem()
      throws IOException, PublishException, ListFormatException {
    assertThat(compile("--output DIR/a.tgl")).isZero();
    assertThat(compile("--output DIR/b.tgl")).isZero();

    assertThat(directory.resolve("b.tgl")).hasSameBinaryContentAs(directory.resolve("a.tgl"));
    PreCheck preCheck =
        PreCheck.open(
            Files.readAllBytes(directory.resolve("a.bloom")),
            ListKeyFile.read(directory.resolve("pub/pre-check.key")));
    UrlView url = new UrlView();
    byte[] text = "http://www.listed.example/x".getBytes(UTF_8);
    assertThat(url.read(text, 0, text.length)).isTrue();
    assertThat(preCheck.mightCover(url)).isTrue();
  }

  @Test
  void whatIsHeldBackIsNamedByLineAndReason() {
    assertThat(compile("--output DIR/a.tgl --shared-hosts DIR/shared.txt --refused")).isZero();

    assertThat(err.toString(UTF_8))
        .startsWith(
            "line 6: INVALID_HOST\nline 1: SHARED_HOST\nline 2: SHARED_HOST\n"
                + "line 3: REGISTRY_SUFFIX\nline 4: PRIVATE_SUFFIX\n"
                + "list: 2 entries, 0 duplicates, 4 held back, 0 skipped, 1 refused"
                + " (INVALID_HOST 1)\n"
                + "list: 1 domain, 0 host, 0 prefix, 1 page, 0 exact; 1 covered by broader ones; ")
        .endsWith(
            "held back: REGISTRY_SUFFIX 1, PRIVATE_SUFFIX 1, SHARED_HOST 2"
                + " (--confirm NAME lists such a name)\n")
        .doesNotContain("\r");
  }

  @Test
  void aSuddenChangeSinceThePreviousEditionIsHeldBack() throws IOException {
    write(1200);
    assertThat(compile("--output DIR/a.tgl")).isZero();
    write(500);

    assertThat(compile("--output DIR/b.tgl --previous DIR/a.tgl")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("from 1200 to 500 entries: held back (--any-size lets it pass)");
    assertThat(directory.resolve("b.tgl")).doesNotExist();
    assertThat(compile("--output DIR/b.tgl --previous DIR/a.tgl --any-size")).isZero();
    assertThat(compile("--output DIR/c.tgl --previous DIR/b.tgl")).isZero();
    assertThat(compile("--output DIR/c.tgl --previous DIR/list.txt")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--previous: not usable: NO_COMPILED_LIST");
  }

  private void write(int pages) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < pages; i++) {
      lines.add("h" + i + ".example/page");
    }
    Files.write(directory.resolve("list.txt"), lines);
  }

  @Test
  void anEmptyListIsPublishedOnceItIsConfirmedAndTakenByAGateway() throws IOException {
    String publish = "publish --dir PUB --name iwf --list DIR/list.txt --format native ";
    assertThat(list(publish + "--confirm co.uk --shared-hosts DIR/shared.txt")).isZero();
    assertThat(fetch()).isZero();
    Files.writeString(directory.resolve("list.txt"), "# nothing\n");

    assertThat(list(publish)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("no entry is left of the list: held back");
    assertThat(list(publish + "--any-size")).isZero();
    assertThat(fetch()).isZero();
  }

  @Test
  void whatIsNoPlainFileIsNotReplaced() throws IOException {
    Path target = Files.createDirectory(directory.resolve("target"));

    assertThat(compile("--output DIR/target")).isEqualTo(2);
    assertThat(compile("--output DIR/missing/a.tgl")).isEqualTo(2);

    assertThat(err.toString(UTF_8))
        .contains("--output: no plain file (expected: one, or a new name)\n")
        .endsWith("--output: cannot be written\n");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void whatItIsMadeFromIsNotWrittenOver() throws IOException {
    byte[] key = Files.readAllBytes(directory.resolve("pub/list.key"));

    assertThat(compile("--output DIR/list.txt")).isEqualTo(2);
    assertThat(compile("--output DIR/pub/../pub/list.key")).isEqualTo(2);

    assertThat(err.toString(UTF_8).lines())
        .hasSize(2)
        .allMatch(line -> line.endsWith("--output: a file that it is made from"));
    assertThat(directory.resolve("list.txt")).hasContent(LIST);
    assertThat(directory.resolve("pub/list.key")).hasBinaryContent(key);
  }

  @Test
  void aRecordWithoutTheColumnIsRefused() throws IOException {
    Files.writeString(directory.resolve("list.txt"), "id,url\n1,a.example\n2\n3,\n\n");

    assertThat(compile("--output DIR/a.tgl --csv-column url --refused")).isZero();
    assertThat(err.toString(UTF_8))
        .startsWith(
            "line 3: NO_COLUMN\n"
                + "list: 1 entries, 0 duplicates, 0 held back, 0 skipped, 1 refused (NO_COLUMN 1)\n");
  }

  @Test
  void aSharedHostThatIsNoneIsNamedByItsLine() throws IOException {
    Files.writeString(directory.resolve("shared.txt"), "ok.example\nnot a host\n");

    assertThat(compile("--output DIR/a.tgl --shared-hosts DIR/shared.txt")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--shared-hosts: line 2: no host");
  }

  private int fetch() {
    return list(
        "fetch --repository PUB/repository --trusted-root PUB/root.json --list-key PUB/list.key"
            + " --name iwf --store DIR/store");
  }

  private int compile(String options) {
    return list(
        "compile --list DIR/list.txt --format native --list-key PUB/list.key --name a " + options);
  }

  private int list(String arguments) {
    List<String> all = new ArrayList<>(List.of("list"));
    for (String argument : arguments.split(" +")) {
      all.add(
          argument
              .replace("PUB", directory.resolve("pub").toString())
              .replace("DIR", directory.toString()));
    }
    PrintStream told = new PrintStream(err, true, UTF_8);
    return Tidegate.run(told, told, all.toArray(String[]::new));
  }
}
