package org.tidegate.filter.list;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class ListReaderFuzzTest {
  private static final List<Reading> READINGS = readings();

  private interface Reading {
    void read(InputStream in) throws IOException;
  }

  /**
   * Any bytes in the format that the first one says, or in every format where it says none (as text
   * does): entries or counted refusals, never an exception.
   */
  @FuzzTest
  void readsAnyBytes(byte[] input) throws IOException {
    int first = input.length == 0 ? READINGS.size() : input[0] & 0xFF;
    if (first < READINGS.size()) {
      byte[] text = Arrays.copyOfRange(input, 1, input.length);
      READINGS.get(first).read(new ByteArrayInputStream(text));
      return;
    }
    for (Reading reading : READINGS) {
      reading.read(new ByteArrayInputStream(input));
    }
  }

  private static List<Reading> readings() {
    List<Reading> all = new ArrayList<>();
    for (ListFormat format : ListFormat.values()) {
      if (format.parts().isEmpty()) {
        all.add(in -> format.read(in, new ReadLines()));
      }
      for (String part : format.parts()) {
        all.add(in -> format.read(part, in, new ReadLines()));
      }
    }
    return all;
  }
}
