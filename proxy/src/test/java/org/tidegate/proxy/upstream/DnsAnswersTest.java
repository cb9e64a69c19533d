package org.tidegate.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DnsCacheEntry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DnsAnswersTest {
  private static final DnsRecord[] NONE = {};
  private static final InetAddress ONE = address("192.0.2.1");
  private static final InetAddress TWO = address("2001:db8::2");

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
  private final EventLoop loop = loops.next();
  private final AtomicLong now = new AtomicLong();
  private final DnsAnswers answers = new DnsAnswers(100, now::get);

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @AfterAll
  void stop() {
    loops.shutdownGracefully();
  }

  private List<InetAddress> known(String name) {
    List<? extends DnsCacheEntry> found = answers.get(name, NONE);
    return found == null ? List.of() : found.stream().map(DnsCacheEntry::address).toList();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void theAddressesOfANameEndTogetherWithTheFirstOfThem() {
    answers.cache("both.example.", NONE, ONE, 60, loop);
    pass(Duration.ofSeconds(1));
    answers.cache("BOTH.example", NONE, TWO, 10, loop);
    answers.cache("both.example", NONE, ONE, 600, loop);
    assertThat(known("both.example")).containsExactly(TWO, ONE);
    pass(Duration.ofSeconds(9));
    assertThat(known("both.example.")).hasSize(2);
    pass(Duration.ofSeconds(1));
    assertThat(known("both.example")).isEmpty();
  }

  @Test
  void noTimeIsLongerThanTenMinutes() {
    answers.cache("long.example", NONE, ONE, 1_000_000, loop);
    pass(Duration.ofSeconds(599));
    assertThat(known("long.example")).containsExactly(ONE);
    pass(Duration.ofSeconds(1));
    assertThat(known("long.example")).isEmpty();
  }

  @Test
  void aNameThatIsNotThereIsAskedForAgainSoon() {
    answers.cache("none.example", NONE, new UnknownHostException(), loop);
    assertThat(answers.get("none.example", NONE)).singleElement().matches(e -> e.cause() != null);
    pass(Duration.ofSeconds(5));
    assertThat(answers.get("none.example", NONE)).isNull();
  }

  @Test
  void anAddressReplacesAFailureButNotTheOtherWayRound() {
    answers.cache("late.example", NONE, new UnknownHostException(), loop);
    answers.cache("late.example", NONE, ONE, 60, loop);
    answers.cache("late.example", NONE, new UnknownHostException(), loop);
    assertThat(known("late.example")).containsExactly(ONE);
  }

  @Test
  void theirNumberIsBounded() {
    for (int i = 0; i < 10_000; i++) {
      answers.cache(i + ".example", NONE, ONE, 600, loop);
    }
    assertThat(answers.size()).isLessThanOrEqualTo(100);
  }
}
