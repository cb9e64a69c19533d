package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.Compilation;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListCompiler;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.list.RefusalReason;

/** Filters over a list that a test writes down in native format. */
final class ListedFilter {
  private static final ListKey KEY = ListKey.of("test-key-0123456".getBytes(US_ASCII));

  private ListedFilter() {}

  static UrlFilter of(String... lines) throws IOException {
    UrlFilter filter = new UrlFilter(KEY);
    try {
      filter.install(CompiledList.open(compiled(lines).bytes()));
    } catch (ListFormatException e) {
      throw new AssertionError(e);
    }
    return filter;
  }

  static Compilation compiled(String... lines) throws IOException, ListFormatException {
    ListCompiler compiler = new ListCompiler(KEY, "test", 1, Instant.parse("2026-11-01T00:00:00Z"));
    byte[] text = String.join("\n", lines).getBytes(UTF_8);
    ListFormat.NATIVE.read(new ByteArrayInputStream(text), new StrictSink(compiler));
    Compilation made = compiler.compile();
    if (made.heldBack() > 0) {
      throw new AssertionError(made.heldBack() + " entries held back");
    }
    return made;
  }

  private record StrictSink(ListCompiler compiler) implements ListSink {
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
  }
}
