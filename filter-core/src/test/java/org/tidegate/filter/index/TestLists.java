package org.tidegate.filter.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.list.RefusalReason;
import org.tidegate.filter.url.CanonicalHost;

/** Compiles list text for tests. */
public final class TestLists {
  public static final ListKey KEY = ListKey.of("test-key-0123456".getBytes(US_ASCII));
  public static final Instant CREATED = Instant.parse("2026-11-01T00:00:00Z");

  private TestLists() {}

  /** A list in native format; a line that is refused fails the test. */
  public static CompiledList compile(String name, String... lines) {
    return open(compilation(KEY, name, lines));
  }

  public static Compilation compilation(ListKey key, String name, String... lines) {
    ListCompiler compiler = new ListCompiler(key, name, 1, CREATED);
    add(compiler, String.join("\n", lines));
    return compile(compiler);
  }

  public static Compilation compile(ListCompiler compiler) {
    try {
      return compiler.compile();
    } catch (ListFormatException e) {
      throw new AssertionError(e);
    }
  }

  public static CompiledList open(Compilation compilation) {
    try {
      return CompiledList.open(compilation.bytes());
    } catch (ListFormatException e) {
      throw new AssertionError(e);
    }
  }

  static CanonicalHost host(String text) {
    return CanonicalHost.parse(text).orElseThrow();
  }

  static void add(ListCompiler compiler, String text) {
    try {
      ListFormat.NATIVE.read(
          new ByteArrayInputStream(text.getBytes(UTF_8)),
          new ListSink() {
            @Override
            public void entry(int line, ListEntry entry) {
              compiler.add(entry, line);
            }

            @Override
            public void refused(int line, RefusalReason reason) {
              throw new AssertionError("line " + line + ": " + reason);
            }

            @Override
            public void skipped(int line) {
              throw new AssertionError("line " + line + " skipped");
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
