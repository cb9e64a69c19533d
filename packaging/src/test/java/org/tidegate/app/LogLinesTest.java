package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLinesTest {
  private final Logger logger = new LoggerContext().getLogger("org.tidegate.block");

  @AfterEach
  void plainAgain() {
    LogLines.use(false);
  }

  private String line(boolean json, String message, KeyValuePair... pairs) {
    Exception said = new Exception("http://listed.example/");
    LoggingEvent event = new LoggingEvent("", logger, Level.WARN, message, said, new Object[0]);
    event.setInstant(Instant.parse("2026-11-25T10:15:30.120Z"));
    event.setKeyValuePairs(List.of(pairs));
    LogLines.use(json);
    return new String(new LogLines().encode(event), UTF_8);
  }

  @Test
  void aMessageIsOneLineWithoutWhatAnExceptionSays() {
    assertThat(line(false, "two\r\nlines", new KeyValuePair("a", 1), new KeyValuePair("b", "x")))
        .isEqualTo("2026-11-25T10:15:30.120Z WARN  block: two  lines a=1 b=x\n");
  }

  @Test
  void orOneJsonObject() {
    assertThat(
            line(
                true,
                "a \"quoted\"\nmessage\\",
                new KeyValuePair("number", 12L),
                new KeyValuePair("flag", true),
                new KeyValuePair("text", "ü")))
        .isEqualTo(
            "{\"time\":\"2026-11-25T10:15:30.120Z\",\"level\":\"WARN\",\"logger\":\"block\","
                + "\"message\":\"a \\\"quoted\\\"\\u000amessage\\\\\",\"number\":12,\"flag\":true,"
                + "\"text\":\"ü\"}\n");
  }
}
