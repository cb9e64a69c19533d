package org.tidegate.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.publish.Draft;
import org.tidegate.publish.EntrySource;
import org.tidegate.publish.Lifetimes;
import org.tidegate.publish.ListKeyFile;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.Publisher;
import org.tidegate.sync.ListInstaller;
import org.tidegate.sync.ListSource;
import org.tidegate.sync.ListStore;
import org.tidegate.sync.ListUpdater;
import org.tidegate.sync.tuf.HttpAccess;
import org.tidegate.sync.tuf.HttpRepository;

/**
 * The demo's publisher: fresh keys, signed editions of the list, and the repository that serves
 * them. All of it lies in a temporary directory, the gateway's store too, and goes with it.
 */
final class DemoPublisher implements AutoCloseable {
  /** The name of the list. */
  static final String LIST = "demo";

  /** In every edition one entry of the demo's own, which the next edition replaces. */
  static final String RETIRED = "retired.tidegate.invalid";

  static final String FRESH = "fresh.tidegate.invalid";

  private final Path directory;
  private final Publisher publisher;
  private final DemoRepository repository;

  private DemoPublisher(Path directory, Publisher publisher, DemoRepository repository) {
    this.directory = directory;
    this.publisher = publisher;
    this.repository = repository;
  }

  static DemoPublisher start() throws IOException, PublishException {
    Path directory = Files.createTempDirectory("tidegate-demo-");
    try {
      Publisher publisher =
          Publisher.init(
              directory.resolve("pub"),
              Publisher.RootKeys.DEFAULT,
              Lifetimes.DEFAULT,
              Instant.now());
      return new DemoPublisher(
          directory, publisher, DemoRepository.start(publisher.repository().toRealPath()));
    } catch (IOException | PublishException | RuntimeException e) {
      delete(directory);
      throw e;
    }
  }

  /** Compiles, signs and publishes the next edition: these entries, and that host. */
  Draft publish(EntrySource entries, String host) throws IOException, PublishException {
    return publisher.publish(LIST, new With(entries, host), true, Instant.now());
  }

  ListKey key() throws IOException, PublishException {
    return ListKeyFile.read(publisher.listKeyFile());
  }

  URI address() {
    return repository.address();
  }

  /** What a gateway fetches the list with. */
  ListUpdater updater(ListInstaller installer) throws IOException, PublishException {
    ListSource source =
        new ListSource(
            LIST,
            new HttpRepository(address(), HttpAccess.DEFAULT),
            Files.readAllBytes(publisher.trustedRoot()),
            key());
    return new ListUpdater(source, new ListStore(directory.resolve("store")), installer);
  }

  @Override
  public void close() {
    repository.close();
    delete(directory);
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // What is left lies where the system clears up by itself.
      return;
    }
  }

  private record With(EntrySource entries, String host) implements EntrySource {
    @Override
    public void read(ListSink sink) throws IOException {
      entries.read(sink);
      sink.entry(1, ListEntry.host(CanonicalHost.parse(host).orElseThrow()));
    }

    @Override
    public List<CanonicalHost> confirmed() {
      return entries.confirmed();
    }
  }
}
