package org.tidegate.filter.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.primitives.Bytes;
import com.google.common.primitives.Longs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;

/**
 * The slow and obvious compiler: {@code docs/compiled-list.md} in plain words, with Guava's hashes
 * and sorted maps, and nothing of the compiler that is compared with it.
 */
final class ReferenceCompiler {
  private static final List<Scope> TAGS =
      List.of(Scope.DOMAIN, Scope.HOST, Scope.PREFIX, Scope.PAGE, Scope.EXACT);

  private final byte[] key;
  private final HashFunction sip;
  private final NavigableMap<Long, NavigableMap<Long, Scope>> rules = ascending();
  private final Map<String, CanonicalHost> hosts = new HashMap<>();
  private final int[] entriesOfScope = new int[TAGS.size()];
  private boolean singleLabels;

  ReferenceCompiler(byte[] key) {
    this.key = key;
    ByteBuffer halves = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
    this.sip = Hashing.sipHash24(halves.getLong(), halves.getLong());
  }

  byte[] compile(String name, long serial, Instant created, Collection<ListEntry> entries) {
    entries.forEach(this::add);
    int[] counted = entriesOfScope.clone();
    add(ListEntry.host(CanonicalHost.parse(name + ".canary.invalid").orElseThrow()));
    NavigableSet<Long> crowded = crowded();
    NavigableSet<Long> roots = roots(crowded);
    NavigableSet<Long> many = keys();
    rules.values().stream().filter(r -> r.size() > 12).forEach(r -> many.addAll(r.keySet()));
    NavigableSet<Long> candidates = keys();
    candidates.addAll(roots);
    candidates.addAll(crowded);
    NavigableSet<Long> unlisted = keys();
    unlisted.addAll(roots);
    unlisted.removeAll(rules.keySet());
    List<byte[]> sections =
        List.of(
            hostSlots(roots),
            words(rules.values().stream().flatMap(r -> r.keySet().stream()).toList()),
            filter(candidates),
            filter(many),
            words(crowded),
            words(unlisted));

    ByteBuffer head = buffer(272);
    head.put("TIDELIST".getBytes(US_ASCII)).putInt(3).putInt(272);
    head.put(name.getBytes(US_ASCII)).position(48);
    head.putLong(serial).putLong(created.getEpochSecond());
    byte[] label = "tidegate list key id 1\n".getBytes(US_ASCII);
    head.put(Hashing.sha256().hashBytes(Bytes.concat(label, key)).asBytes(), 0, 8);
    head.putInt(1).putInt(singleLabels ? 1 : 0);
    for (int count : counted) {
      head.putInt(count);
    }
    head.putInt(rules.values().stream().mapToInt(Map::size).sum());
    head.putInt(rules.size()).putInt(roots.size()).putInt(crowded.size()).putInt(many.size());
    long offset = 272;
    for (byte[] section : sections) {
      head.putLong(offset).putLong(section.length).putInt(checksum(section, section.length));
      head.putInt(0);
      offset += section.length;
    }
    head.putInt(checksum(head.array(), 264));
    return Bytes.concat(head.array(), Bytes.concat(sections.toArray(byte[][]::new)));
  }

  private void add(ListEntry entry) {
    CanonicalHost host = entry.host();
    long hostKey = hostKey(host.text(), 0);
    boolean isNew =
        rules.computeIfAbsent(hostKey, h -> ascending()).put(ruleKey(entry), entry.scope()) == null;
    entriesOfScope[TAGS.indexOf(entry.scope())] += isNew ? 1 : 0;
    hosts.put(host.text(), host);
    singleLabels |= !host.isAddress() && !host.text().contains(".");
  }

  private long hostKey(String host, int tag) {
    byte[] backwards = new StringBuilder(host).reverse().toString().getBytes(US_ASCII);
    return sip.hashBytes(Bytes.concat(new byte[8], backwards, new byte[] {(byte) tag})).asLong();
  }

  private long ruleKey(ListEntry entry) {
    int tag = 1 + TAGS.indexOf(entry.scope());
    if (entry.url().isEmpty()) {
      return hostKey(entry.host().text(), tag);
    }
    CanonicalUrl url = entry.url().get();
    int end = entry.scope() == Scope.EXACT ? url.bytes().length : url.pathEnd();
    String path = url.text().substring(url.pathStart(), end);
    byte[] host = littleEndian(hostKey(url.host().text(), 0));
    byte[] port = littleEndian(url.port());
    return sip.hashBytes(Bytes.concat(host, port, path.getBytes(US_ASCII), new byte[] {(byte) tag}))
        .asLong();
  }

  /** The keys of its suffixes of at least two labels, from the shortest to the whole host. */
  private List<Long> suffixes(CanonicalHost host) {
    List<Long> suffixes = new ArrayList<>();
    String text = host.text();
    if (host.isAddress()) {
      return List.of(hostKey(text, 0));
    }
    for (int dot = text.lastIndexOf('.'); dot >= 0; ) {
      dot = text.lastIndexOf('.', dot - 1);
      suffixes.add(hostKey(text.substring(dot + 1), 0));
    }
    return suffixes;
  }

  private NavigableSet<Long> crowded() {
    Map<Long, Integer> below = new HashMap<>();
    for (CanonicalHost host : hosts.values()) {
      List<Long> suffixes = suffixes(host);
      suffixes
          .subList(0, Math.max(0, suffixes.size() - 1))
          .forEach(s -> below.merge(s, 1, Integer::sum));
    }
    NavigableSet<Long> crowded = keys();
    below.forEach((suffix, count) -> crowded.addAll(count > 300 ? List.of(suffix) : List.of()));
    return crowded;
  }

  private NavigableSet<Long> roots(NavigableSet<Long> crowded) {
    NavigableSet<Long> roots = keys();
    for (CanonicalHost host : hosts.values()) {
      suffixes(host).stream().filter(s -> !crowded.contains(s)).findFirst().ifPresent(roots::add);
    }
    return roots;
  }

  private byte[] hostSlots(NavigableSet<Long> roots) {
    long homes = step(rules.size() * 4L / 3 + 1);
    List<Long> slots = new ArrayList<>();
    long rule = 0;
    for (Map.Entry<Long, NavigableMap<Long, Scope>> host : rules.entrySet()) {
      long home = share(host.getKey() >>> 32, homes, 32);
      while (slots.size() / 2 < home) {
        Collections.addAll(slots, 0L, rule);
      }
      long word = rule | (roots.contains(host.getKey()) ? 1L << 37 : 0);
      for (Map.Entry<Long, Scope> one : host.getValue().entrySet()) {
        word |= 1L << 32 + TAGS.indexOf(one.getValue());
        word |= 1L << 38 + share(one.getKey() & 0xFFFF, 26, 16);
        word |= 1L << 38 + share(one.getKey() >>> 16 & 0xFFFF, 26, 16);
      }
      Collections.addAll(slots, host.getKey(), word);
      rule += host.getValue().size();
    }
    do {
      Collections.addAll(slots, 0L, rule);
    } while (slots.size() / 2 <= homes);
    return words(slots);
  }

  private static byte[] filter(NavigableSet<Long> keys) {
    long[] words = new long[(int) step(Math.max(1, (12L * keys.size() + 63) / 64))];
    for (long key : keys) {
      for (int bits = 0; bits < 24; bits += 6) {
        words[(int) share(key >>> 32, words.length, 32)] |= 1L << (key >>> bits & 63);
      }
    }
    return words(Longs.asList(words));
  }

  /** That many, or the next number that is a multiple of a sixteenth of its highest bit. */
  private static long step(long wanted) {
    long number = wanted;
    while (number % Math.max(1, Long.highestOneBit(number) / 16) != 0) {
      number++;
    }
    return number;
  }

  private static long share(long part, long all, int bits) {
    return part * all >>> bits;
  }

  private static byte[] words(Collection<Long> words) {
    ByteBuffer bytes = buffer(8 * words.size());
    words.forEach(bytes::putLong);
    return bytes.array();
  }

  private static byte[] littleEndian(long value) {
    return words(List.of(value));
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int checksum(byte[] bytes, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, count);
    return (int) crc.getValue();
  }

  private static NavigableSet<Long> keys() {
    return new TreeSet<>(Long::compareUnsigned);
  }

  private static <T> NavigableMap<Long, T> ascending() {
    return new TreeMap<>(Long::compareUnsigned);
  }
}
