package org.tidegate.app.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.function.Consumer;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.Compilation;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListCompiler;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.list.RefusalReason;

/** A list compiled from text, and how fast that was. */
record MadeList(byte[] bytes, int entries, long entriesPerCpuSecond) {
  /** No secret: such a list never leaves the process. */
  static final ListKey KEY = ListKey.of("tidegate: bench.".getBytes(US_ASCII));

  private static final int LOADS = 3;

  /** A sink for entries alone. */
  interface Entries extends ListSink {
    @Override
    default void refused(int line, RefusalReason reason) {}

    @Override
    default void skipped(int line) {}
  }

  /**
   * Compiles every so many entries of a text.
   *
   * @param step 1 for all of them
   */
  static MadeList compile(String name, ListKey key, EntryText text, int first, int step)
      throws IOException, ListFormatException {
    ListCompiler compiler = new ListCompiler(key, name, 1, Instant.EPOCH);
    long start = CpuClock.nanos();
    int[] seen = {0};
    Entries sink =
        (line, entry) -> {
          if (seen[0]++ % step == first) {
            compiler.add(entry, line);
          }
        };
    text.read(sink);
    Compilation made = compiler.compile();
    double seconds = (CpuClock.nanos() - start) / 1e9;
    return new MadeList(made.bytes(), made.entries(), Math.round(made.entries() / seconds));
  }

  /** Gives every entry to somebody. */
  static void each(EntryText text, Consumer<ListEntry> entries) throws IOException {
    Entries sink = (line, entry) -> entries.accept(entry);
    text.read(sink);
  }

  /** Reads it from a file that is in the page cache, hashes, opens and installs it. */
  long load(UrlFilter filter) throws IOException, ListFormatException {
    Path file = Files.createTempFile("tidegate-bench", ".tgl");
    try {
      Files.write(file, bytes);
      long fastest = Long.MAX_VALUE;
      for (int i = 0; i < LOADS; i++) {
        long start = System.nanoTime();
        byte[] read = Files.readAllBytes(file);
        sha256(read);
        filter.install(CompiledList.open(read));
        fastest = Math.min(fastest, System.nanoTime() - start);
      }
      return fastest / 1_000_000;
    } finally {
      Files.delete(file);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "MadeList[" + entries + "]";
  }
}
