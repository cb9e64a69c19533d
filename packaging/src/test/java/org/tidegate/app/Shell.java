package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs the way a shell does, in an environment of the test's choice. */
final class Shell {
  /** The launcher of the distribution that was built. */
  static final Path TIDEGATE = Path.of("target/tidegate/bin/tidegate").toAbsolutePath();

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();

  Shell(Path directory) {
    this.directory = directory;
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", directory.toString());
  }

  /** What a program left behind. */
  record Ended(int code, String out, String err) {}

  Shell with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Process start(Path out, Path err, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
  }

  /** Starts {@code tidegate run}; what it writes is in {@code out} and {@code err}. */
  Process startGateway(Path configuration) throws IOException {
    return start(
        directory.resolve("out"),
        directory.resolve("err"),
        TIDEGATE.toString(),
        "run",
        "--config",
        configuration.toString());
  }

  Ended run(Path program, String... args) throws IOException {
    return runWithInput("", program, args);
  }

  Ended runWithInput(String input, Path program, String... args) throws IOException {
    Path out = Files.createTempFile(directory, "run", ".out");
    Path err = Files.createTempFile(directory, "run", ".err");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(args));
    Process process = start(out, err, command.toArray(String[]::new));
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    }
    return new Ended(end(process), Files.readString(out), Files.readString(err));
  }

  static int end(Process process) {
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
    return process.exitValue();
  }

  /** Writes an executable script. */
  static Path script(Path file, String... lines) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
