package org.tidegate.filter.list;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class ListReaderFuzzTest {

  /** Any bytes in any format: entries or counted refusals, never an exception. */
  @FuzzTest
  void readsAnyBytes(byte[] input) throws IOException {
    for (ListFormat format : ListFormat.values()) {
      if (format.parts().isEmpty()) {
        format.read(new ByteArrayInputStream(input), new ReadLines());
      }
      for (String part : format.parts()) {
        format.read(part, new ByteArrayInputStream(input), new ReadLines());
      }
    }
  }
}
