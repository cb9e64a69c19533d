package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.publish.EntrySource;
import org.tidegate.publish.Lifetimes;
import org.tidegate.publish.ListKeyFile;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.Publisher;
import org.tidegate.sync.ListSource;
import org.tidegate.sync.ListStore;
import org.tidegate.sync.ListUpdater;
import org.tidegate.sync.tuf.DirectoryRepository;

/** A publisher of one list, in the directory {@code pub}, and gateways that follow it. */
record TestPublisher(Path directory, String list, Publisher publisher) {

  static TestPublisher init(Path directory, String list) throws IOException, PublishException {
    Publisher publisher =
        Publisher.init(
            directory.resolve("pub"), Publisher.RootKeys.DEFAULT, Lifetimes.DEFAULT, Instant.now());
    return new TestPublisher(directory, list, publisher);
  }

  /** Answers the serial. */
  long publish(EntrySource source) throws IOException, PublishException {
    return publisher.publish(list, source, true, Instant.now()).serial();
  }

  /** The same, of native lines. */
  long publish(String text) throws IOException, PublishException {
    return publish(text, Instant.now());
  }

  long publish(String text, Instant now) throws IOException, PublishException {
    byte[] bytes = text.getBytes(UTF_8);
    EntrySource source = sink -> ListFormat.NATIVE.read(new ByteArrayInputStream(bytes), sink);
    return publisher.publish(list, source, true, now).serial();
  }

  ListKey key() throws IOException, PublishException {
    return ListKeyFile.read(publisher.listKeyFile());
  }

  ListUpdater updater(String store, UrlFilter filter) throws IOException, PublishException {
    ListSource source =
        new ListSource(
            list,
            new DirectoryRepository(publisher.repository()),
            Files.readAllBytes(publisher.trustedRoot()),
            key());
    return new ListUpdater(source, new ListStore(directory.resolve(store)), filter::install);
  }

  /** Writes the configuration of a gateway that follows it. */
  Path configuration(String more) throws IOException {
    return Files.writeString(
        directory.resolve("c.yaml"),
        """
        listeners: {explicit: [127.0.0.1:0]}
        admin: {listen: 127.0.0.1:0}
        store: store
        lists:
          - name: LIST
            kind: mandatory
            source: {repository: pub/repository, trusted-root: pub/root.json,
              list-key: pub/list.key, refresh: 1s}
        """
                .replace("LIST", list)
            + more);
  }

  /** An edition of so many entries that are always there, and one of its own. */
  static String edition(long serial, int entries) {
    StringBuilder text = new StringBuilder("edition-" + serial + ".example\n");
    for (int i = 0; i < entries; i++) {
      text.append("listed-").append(i).append(".example\n");
    }
    return text.toString();
  }
}
