package org.tidegate.proxy.splash;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the client can make use of: the page where a person reads it, else the smallest body of the
 * right type.
 */
enum AnswerKind {
  PAGE("text/html; charset=utf-8", ""),
  IMAGE("image/gif", AnswerKind.TRANSPARENT_GIF),
  STYLE("text/css; charset=utf-8", ""),
  SCRIPT("text/javascript; charset=utf-8", ""),
  FONT("font/woff2", ""),
  AUDIO("audio/mpeg", ""),
  VIDEO("video/mp4", ""),
  TRACK("text/vtt; charset=utf-8", "WEBVTT\n"),
  JSON("application/json", "{}"),
  NOTHING("text/plain; charset=utf-8", "");

  /** One transparent pixel, in Base64. */
  private static final String TRANSPARENT_GIF =
      "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==";

  /** A longer Accept is not read: browsers send less than 200 characters. */
  private static final int ACCEPT_LIMIT = 1024;

  private final String contentType;
  private final String body;

  AnswerKind(String contentType, String body) {
    this.contentType = contentType;
    this.body = body;
  }

  String contentType() {
    return contentType;
  }

  byte[] body() {
    byte[] text = body.getBytes(StandardCharsets.US_ASCII);
    return this == IMAGE ? Base64.getDecoder().decode(text) : text;
  }

  /**
   * By what the answer is for (Sec-Fetch-Dest), else by what is accepted, else the page. Never
   * throws.
   */
  static AnswerKind of(@Nullable String secFetchDest, @Nullable String accept) {
    String dest = secFetchDest == null ? "" : secFetchDest.strip().toLowerCase(Locale.ROOT);
    return switch (dest) {
      case "document", "iframe", "frame", "fencedframe", "object", "embed" -> PAGE;
      case "image" -> IMAGE;
      case "style" -> STYLE;
      case "script", "worker", "sharedworker", "serviceworker", "audioworklet", "paintworklet" ->
          SCRIPT;
      case "font" -> FONT;
      case "audio" -> AUDIO;
      case "video" -> VIDEO;
      case "track" -> TRACK;
      case "json", "manifest", "speculationrules", "webidentity" -> JSON;
      case "report", "xslt", "text" -> NOTHING;
      // fetch() and XMLHttpRequest: a page only where one was asked for.
      case "empty" -> accepted(accept, NOTHING);
      default -> accepted(accept, PAGE);
    };
  }

  /** The kind of highest quality; among equals a page, else the first (RFC 9110 §12.5.1). */
  private static AnswerKind accepted(@Nullable String accept, AnswerKind otherwise) {
    if (accept == null || accept.length() > ACCEPT_LIMIT) {
      return otherwise;
    }
    AnswerKind best = otherwise;
    double bestQuality = 0;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      AnswerKind kind = ofMediaRange(parts[0].strip(), otherwise);
      double quality = quality(parts);
      if (quality > bestQuality
          || (quality == bestQuality && quality > 0 && asksForPage(parts[0]))) {
        best = kind;
        bestQuality = quality;
      }
    }
    return best;
  }

  private static boolean asksForPage(String mediaRange) {
    return ofMediaRange(mediaRange.strip(), NOTHING) == PAGE;
  }

  private static AnswerKind ofMediaRange(String mediaRange, AnswerKind otherwise) {
    return switch (mediaRange) {
      case "text/html", "application/xhtml+xml" -> PAGE;
      case "text/css" -> STYLE;
      case "text/javascript", "application/javascript", "application/x-javascript" -> SCRIPT;
      case "text/vtt" -> TRACK;
      case "application/json", "text/json" -> JSON;
      default -> ofMediaFamily(mediaRange, otherwise);
    };
  }

  private static AnswerKind ofMediaFamily(String mediaRange, AnswerKind otherwise) {
    if (mediaRange.startsWith("image/")) {
      return IMAGE;
    } else if (mediaRange.startsWith("font/") || mediaRange.startsWith("application/font")) {
      return FONT;
    } else if (mediaRange.startsWith("audio/")) {
      return AUDIO;
    } else if (mediaRange.startsWith("video/")) {
      return VIDEO;
    }
    return mediaRange.endsWith("+json") ? JSON : otherwise;
  }

  /** From 0 to 1; 1 where none is given, 0 (not accepted) where it cannot be read. */
  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        try {
          return Math.min(1, Double.parseDouble(parameter.substring(2)));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }
}
