package org.tidegate.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DnsAnswersTest {
  private static final InetAddress ONE = address("192.0.2.1");
  private static final InetAddress TWO = address("2001:db8::2");

  private static final int MOST_BYTES = 100_000;

  private final AtomicLong now = new AtomicLong();
  private final DnsAnswers answers = new DnsAnswers(MOST_BYTES, now::get);

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static DnsAnswer found(InetAddress address, long seconds) {
    return new DnsAnswer(List.of(address), seconds, true);
  }

  /** It is known for so long, and not a second longer. */
  private void isKept(DnsAnswer answer, long seconds) {
    answers.put("Kept.example", answer);
    now.addAndGet(Duration.ofSeconds(seconds).toNanos() - 1);
    assertThat(answers.get("kept.EXAMPLE")).isEqualTo(answer);
    now.incrementAndGet();
    assertThat(answers.get("kept.example")).isNull();
  }

  @Test
  void theAddressesOfANameEndTogetherWithTheFirstOfThem() {
    DnsAnswer both = found(TWO, 60).and(found(ONE, 10));
    assertThat(both.addresses()).containsExactly(TWO, ONE);
    isKept(both, 10);
  }

  @Test
  void aNameOfOneFamilyIsKeptForThatFamilysTime() {
    isKept(found(ONE, 60).and(DnsAnswer.none(true)), 60);
  }

  @Test
  void whatALostAnswerLeavesOutIsAskedForAgainSoon() {
    isKept(found(ONE, 600).and(DnsAnswer.none(false)), 30);
    isKept(found(ONE, 7).and(DnsAnswer.none(false)), 7);
  }

  @Test
  void noTimeIsLongerThanTenMinutesOrShorterThanASecond() {
    isKept(found(ONE, 1_000_000), 600);
    isKept(found(ONE, 0), 1);
  }

  @Test
  void aNameThatIsNotThereIsAskedForAgainSoon() {
    isKept(DnsAnswer.none(true), 5);
    isKept(DnsAnswer.none(false), 5);
  }

  @Test
  void theirMemoryIsBounded() {
    for (int i = 0; i < 10_000; i++) {
      answers.put(i + ".example", found(ONE, 600));
    }
    assertThat(answers.memory()).isBetween(MOST_BYTES / 2L, (long) MOST_BYTES);
  }

  @Test
  void aNameOfManyAddressesTakesThePlaceOfManyNames() {
    DnsAnswer many = new DnsAnswer(Collections.nCopies(100, TWO), 600, true);
    for (int i = 0; i < 100; i++) {
      answers.put(i + ".example", many);
    }
    assertThat(answers.memory()).isBetween(MOST_BYTES / 2L, (long) MOST_BYTES);
    long kept = IntStream.range(0, 100).filter(i -> answers.get(i + ".example") != null).count();
    assertThat(kept).isBetween(1L, 10L);
  }
}
