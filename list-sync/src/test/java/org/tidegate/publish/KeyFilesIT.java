package org.tidegate.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.url.CanonicalHost;

/** Key files, as openssl reads and writes them; and openssl in the place of a signing device. */
@Tag("peers")
class KeyFilesIT {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir private Path directory;

  @Test
  void encryptedKeysAreReadByOpenssl() throws IOException, PublishException, InterruptedException {
    Path phrase = Files.writeString(directory.resolve("phrase"), "correct horse\n");
    Path pub = directory.resolve("pub");
    Publisher.init(
        pub, Publisher.RootKeys.DEFAULT, Lifetimes.DEFAULT, Passphrase.read(phrase), Instant.now());
    List<Path> keys = keys(pub);
    assertThat(keys).hasSize(6);
    for (Path key : keys) {
      assertThat(Files.readString(key)).contains("ENCRYPTED").doesNotContain("BEGIN PRIVATE");
      assertThat(run("openssl pkey -pubout -in " + key + " -passin file:" + phrase))
          .isEqualTo(publicHalf(key));
    }
    Publisher locked = Publisher.open(pub, Lifetimes.DEFAULT);
    assertThatThrownBy(() -> locked.refresh(NOW))
        .hasMessage("a key file is encrypted (expected: --passphrase-file)");
    Path wrong = Files.writeString(directory.resolve("wrong"), "another\n");
    Publisher mistaken = Publisher.open(pub, Lifetimes.DEFAULT, Passphrase.read(wrong));
    assertThatThrownBy(() -> mistaken.refresh(NOW))
        .hasMessage("the passphrase does not open a key file");
    Publisher open = Publisher.open(pub, Lifetimes.DEFAULT, Passphrase.read(phrase));
    assertThat(open.rotate(Rotation.of(Role.TIMESTAMP), NOW)).isEmpty();
  }

  @Test
  void keysThatOpensslEncryptedAreUsed()
      throws IOException, PublishException, InterruptedException {
    Path phrase = Files.writeString(directory.resolve("phrase"), "secret\n");
    Path key = directory.resolve("key.pem");
    run("openssl genpkey -algorithm ed25519 -out " + directory.resolve("plain"));
    run(
        "openssl pkcs8 -topk8 -in "
            + directory.resolve("plain")
            + " -out "
            + key
            + " -v2 aes-256-cbc -v2prf hmacWithSHA256 -passout file:"
            + phrase);
    run("openssl pkey -in " + directory.resolve("plain") + " -pubout >> " + key);
    byte[] message = "message".getBytes(UTF_8);
    SigningKey read = KeyFiles.read(key);
    assertThat(read.sign(message, Passphrase.read(phrase))).containsKey("sig");
    assertThatThrownBy(() -> read.sign(message, null)).isInstanceOf(PublishException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ed25519 | openssl pkeyutl -sign -rawin -in $f -inkey KEY",
        "ec -pkeyopt ec_paramgen_curve:P-256 | openssl dgst -sha256 -sign KEY $f",
        "rsa | openssl dgst -sha256 -sign KEY -sigopt rsa_padding_mode:pss -sigopt"
            + " rsa_pss_saltlen:32 $f",
      })
  void aCommandSigns(String algorithm, String command)
      throws IOException, PublishException, InterruptedException {
    Path secret = directory.resolve("device");
    run("openssl genpkey -algorithm " + algorithm + " -out " + secret);
    String line = "f=$(mktemp); cat > $f; " + command.replace("KEY", secret.toString());
    Path key = directory.resolve("key.pem");
    Files.writeString(
        key, run("openssl pkey -in " + secret + " -pubout") + "Sign-With: " + line + "\n");
    Path pub = directory.resolve("pub");
    Publisher publisher = Publisher.init(pub, new Publisher.RootKeys(1, 1), Lifetimes.DEFAULT, NOW);
    for (Role role : Role.values()) {
      Rotation rotation = new Rotation(role, List.of(SigningKeyFile.read(key)), 0, 0);
      assertThat(publisher.rotate(rotation, NOW)).as(role.id()).isEmpty();
    }
    publisher.publish("list", entry(), false, NOW);
    assertThat(keys(pub)).allSatisfy(k -> assertThat(Files.readString(k)).contains("Sign-With"));
    run("openssl genpkey -algorithm " + algorithm + " -out " + secret);
    assertThatThrownBy(() -> publisher.refresh(NOW))
        .hasMessage("a key's two halves do not belong together");
    Files.delete(secret);
    assertThatThrownBy(() -> publisher.refresh(NOW)).hasMessage("the signer's command failed");
  }

  private static EntrySource entry() {
    return sink -> sink.entry(1, ListEntry.host(CanonicalHost.parse("a.example").orElseThrow()));
  }

  private static String publicHalf(Path key) throws IOException {
    String text = Files.readString(key, US_ASCII);
    return text.substring(text.indexOf("-----BEGIN PUBLIC"));
  }

  private static List<Path> keys(Path pub) throws IOException {
    try (Stream<Path> files = Files.list(pub.resolve("keys"))) {
      return files.sorted().toList();
    }
  }

  private String run(String command) throws IOException, InterruptedException {
    Path errors = directory.resolve("errors");
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command).redirectError(errors.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), US_ASCII);
    assertThat(process.waitFor()).as("%s: %s", command, Files.readString(errors)).isZero();
    return out;
  }
}
