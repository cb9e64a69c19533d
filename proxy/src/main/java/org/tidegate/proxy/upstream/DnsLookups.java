package org.tidegate.proxy.upstream;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that one event loop asks for now, each once however many want it. */
final class DnsLookups {
  /** Of each family: eight are tried, and a message has room for thousands. */
  private static final int MOST_ADDRESSES = 64;

  private final EventLoop loop;
  private final DnsNameResolver resolver;
  private final DnsAnswers answers;
  private final Map<String, Promise<DnsAnswer>> underway = new HashMap<>();

  DnsLookups(EventLoop loop, DnsNameResolver resolver, DnsAnswers answers) {
    this.loop = loop;
    this.resolver = resolver;
    this.answers = answers;
  }

  /** Asks for the addresses of both families; the future does not fail. */
  Future<DnsAnswer> ask(String name) {
    Promise<DnsAnswer> before = underway.get(name);
    if (before != null) {
      return before;
    }
    Promise<DnsAnswer> result = loop.newPromise();
    underway.put(name, result);
    Future<DnsAnswer> ipv4 = ask(name, DnsRecordType.A);
    ask(name, DnsRecordType.AAAA)
        .addListener(
            (Future<DnsAnswer> ipv6) ->
                ipv4.addListener(
                    (Future<DnsAnswer> other) ->
                        finish(name, ipv6.getNow().and(other.getNow()), result)));
    return result;
  }

  private void finish(String name, DnsAnswer answer, Promise<DnsAnswer> result) {
    answers.put(name, answer);
    underway.remove(name);
    result.setSuccess(answer);
  }

  private Future<DnsAnswer> ask(String name, DnsRecordType type) {
    DnsQuestion question;
    try {
      question = new DefaultDnsQuestion(name, type);
    } catch (IllegalArgumentException e) { // no name of DNS
      return loop.newSucceededFuture(DnsAnswer.none(true));
    }
    Promise<DnsAnswer> result = loop.newPromise();
    resolver
        .resolveAll(question)
        .addListener(
            (Future<List<DnsRecord>> found) ->
                result.setSuccess(
                    found.isSuccess()
                        ? read(found.getNow())
                        : DnsAnswer.none(isCertain(found.cause()))));
    return result;
  }

  private static DnsAnswer read(List<DnsRecord> records) {
    List<InetAddress> addresses = new ArrayList<>();
    long seconds = Long.MAX_VALUE;
    for (DnsRecord record : records) {
      if (record instanceof DnsRawRecord raw) {
        InetAddress address = address(raw);
        if (address != null && addresses.size() < MOST_ADDRESSES) {
          addresses.add(address);
          seconds = Math.min(seconds, record.timeToLive());
        }
      }
      ReferenceCountUtil.release(record);
    }
    return new DnsAnswer(addresses, seconds, true);
  }

  private static @Nullable InetAddress address(DnsRawRecord record) {
    byte[] bytes = new byte[record.content().readableBytes()];
    record.content().getBytes(record.content().readerIndex(), bytes);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      return null; // of neither length
    }
  }

  /** Whether a server said that there is none: any other failure is nobody's word. */
  private static boolean isCertain(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null
        || (cause instanceof DnsErrorCauseException error
            && error.getCode().equals(DnsResponseCode.NXDOMAIN));
  }

  void close() {
    resolver.close();
  }
}
