package org.tidegate.proxy.splash;

import com.samskivert.mustache.Escapers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A finished page with gaps for the only two things that differ between answers. Immutable. */
final class RenderedPage {
  /** Unicode noncharacters mark the gaps while the page is rendered: no text has a use for them. */
  static final char REFERENCE_GAP = '\uFDD0';

  static final char LIST_GAP = '\uFDD1';

  private final String contentSecurityPolicy;
  private final List<byte[]> parts = new ArrayList<>();

  /** The gap that follows each part; 0 after the last. */
  private final StringBuilder gaps = new StringBuilder();

  RenderedPage(String html) {
    contentSecurityPolicy = AnswerFields.policyFor(html);
    int from = 0;
    for (int i = 0; i <= html.length(); i++) {
      char gap = i == html.length() ? 0 : html.charAt(i);
      if (i == html.length() || gap == REFERENCE_GAP || gap == LIST_GAP) {
        parts.add(html.substring(from, i).getBytes(StandardCharsets.UTF_8));
        gaps.append(gap);
        from = i + 1;
      }
    }
  }

  String contentSecurityPolicy() {
    return contentSecurityPolicy;
  }

  byte[] fill(SplashReference reference, String listName) {
    byte[] list = Escapers.HTML.escape(listName).getBytes(StandardCharsets.UTF_8);
    byte[] number = reference.text().getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream page = new ByteArrayOutputStream(8192);
    for (int i = 0; i < parts.size(); i++) {
      page.writeBytes(parts.get(i));
      switch (gaps.charAt(i)) {
        case REFERENCE_GAP -> page.writeBytes(number);
        case LIST_GAP -> page.writeBytes(list);
        default -> {}
      }
    }
    return page.toByteArray();
  }
}
