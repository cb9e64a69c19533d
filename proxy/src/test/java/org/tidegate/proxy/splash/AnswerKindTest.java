package org.tidegate.proxy.splash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerKindTest {

  static List<String[]> vectors() {
    return Vectors.read("answer-kind.tsv");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void isChosenByDestinationElseByWhatIsAccepted(String dest, String accept, String kind) {
    assertThat(AnswerKind.of(Vectors.field(dest), Vectors.field(accept)))
        .isEqualTo(AnswerKind.valueOf(kind));
  }

  @Test
  void longAcceptIsIgnored() {
    assertThat(AnswerKind.of(null, "image/png," + "x".repeat(1024))).isEqualTo(AnswerKind.PAGE);
  }

  @Test
  void pictureIsOneTransparentPixel() {
    byte[] gif = AnswerKind.IMAGE.body();

    assertThat(gif).hasSize(43).startsWith('G', 'I', 'F', '8', '9', 'a', 1, 0, 1, 0).endsWith(';');
    // The graphic control extension: transparency on, colour 0, which is the pixel's.
    assertThat(gif[19]).isEqualTo((byte) 0x21);
    assertThat(gif[22]).isEqualTo((byte) 1);
    assertThat(gif[25]).isZero();
  }
}
