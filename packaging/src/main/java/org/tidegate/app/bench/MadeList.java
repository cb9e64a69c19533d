package org.tidegate.app.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import org.tidegate.sync.disk.ListBytes;

/** A list compiled from text, and how fast that was. */
record MadeList(byte[] bytes, int entries, long entriesPerCpuSecond) {
  /** No secret: such a list never leaves the process. */
  static final ListKey KEY = ListKey.of("tidegate: bench.".getBytes(US_ASCII));

  private static final int LOADS = 3;
  private static final int COMPILATIONS = 5;

  /** Beyond this number of entries it takes long, and the JVM has compiled itself in less. */
  private static final int MOST_FOR_MANY = 2_000_000;

  private static final int FEWER_COMPILATIONS = 3;

  /** A sink for entries alone. */
  interface Entries extends ListSink {
    @Override
    default void refused(int line, RefusalReason reason) {}

    @Override
    default void skipped(int line) {}
  }

  /** Compiles a text, the fastest of several times: what comes out is the same. */
  static MadeList compile(EntryText text) throws IOException, ListFormatException {
    MadeList fastest = compileOnce(text);
    int times = fastest.entries <= MOST_FOR_MANY ? COMPILATIONS : FEWER_COMPILATIONS;
    for (int i = 1; i < times; i++) {
      MadeList next = compileOnce(text);
      fastest = next.entriesPerCpuSecond > fastest.entriesPerCpuSecond ? next : fastest;
    }
    return fastest;
  }

  private static MadeList compileOnce(EntryText text) throws IOException, ListFormatException {
    reuseMemory();
    ListCompiler compiler = new ListCompiler(KEY, "bench", 1, Instant.EPOCH);
    long start = CpuClock.nanos();
    Entries sink = (line, entry) -> compiler.add(entry, line);
    text.read(sink);
    Compilation made = compiler.compile();
    double seconds = (CpuClock.nanos() - start) / 1e9;
    return new MadeList(made.bytes(), made.entries(), Math.round(made.entries() / seconds));
  }

  /** Compiles a text into lists that have its entries by turns, one for each key. */
  static List<byte[]> spread(EntryText text, List<ListKey> keys)
      throws IOException, ListFormatException {
    List<ListCompiler> compilers = new ArrayList<>();
    for (ListKey key : keys) {
      compilers.add(new ListCompiler(key, "bench" + compilers.size(), 1, Instant.EPOCH));
    }
    int[] seen = {0};
    Entries sink = (line, entry) -> compilers.get(seen[0]++ % compilers.size()).add(entry, line);
    text.read(sink);
    List<byte[]> lists = new ArrayList<>();
    for (ListCompiler compiler : compilers) {
      lists.add(compiler.compile().bytes());
    }
    return lists;
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
        reuseMemory();
        long start = System.nanoTime();
        byte[] read = ListBytes.read(file);
        sha256(read);
        filter.install(CompiledList.open(read));
        fastest = Math.min(fastest, System.nanoTime() - start);
      }
      return fastest / 1_000_000;
    } finally {
      Files.delete(file);
    }
  }

  /**
   * Memory that the process had before can then be had again, as where one edition follows another:
   * what the system takes for its first touch says nothing of the engine.
   */
  private static void reuseMemory() {
    System.gc();
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
