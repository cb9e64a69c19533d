package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * A line for each message, plain or a JSON object, with its keys and values. What an exception says
 * is left out: it may name a host.
 */
public final class LogLines extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneOffset.UTC);
  private static final String OWN = "org.tidegate.";
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final int LEVEL_WIDTH = "ERROR ".length();

  private static volatile boolean json;

  /** Chooses the format, for every line from now on. */
  static void use(boolean asJson) {
    json = asJson;
  }

  /** Leaves out the lines about blocks, which are for operators. */
  static void withoutBlocks() {
    if (LoggerFactory.getLogger(OWN + "block") instanceof Logger blocks) {
      blocks.setLevel(Level.OFF);
    }
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return (json ? json(event) : plain(event)).getBytes(UTF_8);
  }

  private static String plain(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(time(event));
    String level = event.getLevel().toString();
    line.append(' ').append(level).append(" ".repeat(LEVEL_WIDTH - level.length()));
    line.append(logger(event)).append(": ");
    line.append(oneLine(event.getFormattedMessage()));
    for (KeyValuePair pair : pairs(event)) {
      line.append(' ').append(pair.key).append('=').append(oneLine(String.valueOf(pair.value)));
    }
    return line.append('\n').toString();
  }

  private static String json(ILoggingEvent event) {
    StringBuilder line = new StringBuilder("{");
    member(line, "time", time(event));
    member(line, "level", event.getLevel().toString());
    member(line, "logger", logger(event));
    member(line, "message", event.getFormattedMessage());
    for (KeyValuePair pair : pairs(event)) {
      member(line, pair.key, pair.value);
    }
    return line.append("}\n").toString();
  }

  private static void member(StringBuilder line, String key, Object value) {
    line.append(line.length() == 1 ? "" : ",");
    quote(line, key);
    line.append(':');
    if (value instanceof Number || value instanceof Boolean) {
      line.append(value);
    } else {
      quote(line, String.valueOf(value));
    }
  }

  private static void quote(StringBuilder line, String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c < ' ') {
        line.append(String.format("\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
    line.append('"');
  }

  /** A message that spans lines would look like several. */
  private static String oneLine(String text) {
    return CONTROL.matcher(text).replaceAll(" ");
  }

  private static String time(ILoggingEvent event) {
    return TIME.format(Instant.ofEpochMilli(event.getTimeStamp()));
  }

  private static String logger(ILoggingEvent event) {
    String name = event.getLoggerName();
    return name.startsWith(OWN) ? name.substring(OWN.length()) : name;
  }

  private static List<KeyValuePair> pairs(ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    return pairs == null ? List.of() : pairs;
  }
}
