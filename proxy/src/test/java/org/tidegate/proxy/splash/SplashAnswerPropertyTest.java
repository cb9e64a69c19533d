package org.tidegate.proxy.splash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Hostile header fields neither throw nor show in an answer. */
class SplashAnswerPropertyTest {
  private static final long SEED = 7725L;
  private static final String MARK = "reflected";
  private static final String[] PIECES = {
    "de",
    "en",
    "*",
    ",",
    ";",
    "q=",
    "0.5",
    "1e999",
    "-",
    "\"",
    "<script>",
    "image/",
    "text/html",
    "\0",
    "\r\n",
    "\uD800",
    "é",
    "=",
    "/",
    " ",
    "\t",
    "i-klingon",
    "x-",
    "audio",
    "NaN"
  };

  private final SplashPage page = SplashPage.builtIn();

  @Test
  void hostileFieldsAreHarmless() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 5_000; i++) {
      String language = field(random);
      String accept = field(random);
      String dest = field(random);

      SplashAnswer answer = page.answer("sample", SplashReference.random(), language, accept, dest);

      assertThat(answer.status()).as("seed %d, case %d", SEED, i).isEqualTo(403);
      assertThat(answer.fields().toString() + new String(answer.body(), StandardCharsets.UTF_8))
          .as("seed %d, case %d", SEED, i)
          .doesNotContain(MARK);
      assertThat(PlainAnswer.BAD_REQUEST.answer(language).body()).isNotEmpty();
    }
  }

  private static @Nullable String field(SplittableRandom random) {
    if (random.nextInt(8) == 0) {
      return null;
    }
    StringBuilder field = new StringBuilder(random.nextBoolean() ? MARK : "");
    for (int n = random.nextInt(40); n > 0; n--) {
      field.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return field.toString();
  }
}
