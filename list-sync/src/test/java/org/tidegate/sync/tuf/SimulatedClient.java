package org.tidegate.sync.tuf;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;

/** A client that begins with the first root, and keeps what it trusts from run to run. */
final class SimulatedClient implements MetadataCache {
  private final Map<String, byte[]> kept = new HashMap<>();
  private final SimulatedRepository repository;
  private Instant now = SimulatedRepository.NOW;

  SimulatedClient(SimulatedRepository repository) {
    this.repository = repository;
    kept.put("root", repository.firstRoot());
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** One run: "good", or the reason why not. */
  String refresh() {
    return run(workflow -> {});
  }

  /** One run and a search: "good" where the target is found, "none" where it is not. */
  String search(String path) {
    String[] found = {"none"};
    String run =
        run(workflow -> found[0] = workflow.findTarget(path).map(target -> "good").orElse("none"));
    return run.equals("good") ? found[0] : run;
  }

  RepositoryTarget find(String path) throws IOException {
    ClientWorkflow workflow = new ClientWorkflow(repository, this, now);
    workflow.refresh();
    return workflow.findTarget(path).orElseThrow();
  }

  private interface Work {
    void on(ClientWorkflow workflow) throws IOException;
  }

  private String run(Work work) {
    repository.requests.clear();
    try {
      ClientWorkflow workflow = new ClientWorkflow(repository, this, now);
      workflow.refresh();
      work.on(workflow);
      return "good";
    } catch (RefusedException e) {
      return e.reason().code();
    } catch (RepositoryException e) {
      return e.trouble().code();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The versions that are trusted, by role. */
  String trusted() {
    Map<String, Long> versions = new TreeMap<>();
    kept.forEach((role, bytes) -> versions.put(role, version(bytes)));
    return versions.toString();
  }

  byte[] bytes(String role) {
    return requireNonNull(kept.get(role));
  }

  private static long version(byte[] bytes) {
    try {
      return Json.parse(bytes).object("signed").number("version");
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<byte[]> read(String role) {
    return Optional.ofNullable(kept.get(role));
  }

  @Override
  public void write(String role, byte[] bytes) {
    kept.put(role, bytes);
  }
}
