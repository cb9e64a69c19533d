package org.tidegate.filter.index;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Our filter and Guava's, with the same keys and as many bits. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class FilterBenchmark {
  private static final int QUESTIONS = 1 << 20;

  @Param({"3000", "300000", "3000000"})
  private int keys;

  private final long[] questions = new SplittableRandom(2).longs(QUESTIONS).toArray();
  private BlockedFilter blocked = new BlockedFilter(new byte[8], 0, 1);
  private BloomFilter<Long> guava = BloomFilter.create(Funnels.longFunnel(), 1);
  private int next;

  @Setup
  public void fill() {
    int words = BlockedFilter.words(keys);
    blocked = new BlockedFilter(new byte[8 * words], 0, words);
    guava = BloomFilter.create(Funnels.longFunnel(), keys, 0.003);
    new SplittableRandom(1)
        .longs(keys)
        .forEach(
            key -> {
              blocked.put(key);
              guava.put(key);
            });
  }

  @Benchmark
  public boolean blocked() {
    return blocked.mightContain(questions[next++ & QUESTIONS - 1]);
  }

  @Benchmark
  public boolean guava() {
    return guava.mightContain(questions[next++ & QUESTIONS - 1]);
  }
}
