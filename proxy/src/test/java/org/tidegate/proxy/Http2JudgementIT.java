package org.tidegate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The suite of spellings in HTTP/2: a stream for each, on a connection for each host. */
@Timeout(120)
class Http2JudgementIT {
  @Test
  void everySpellingIsJudgedOnItsStream() throws IOException {
    Map<String, List<JudgementRow>> byHost =
        JudgementRow.all().stream()
            .filter(JudgementRow::isForTls)
            .collect(Collectors.groupingBy(JudgementRow::host));
    List<String> wrong = new ArrayList<>();
    try (StrictOrigin origin = new StrictOrigin();
        InspectedDoor door =
            InspectedDoor.open(
                DoorSetup.of(origin.origin.address(), ListedFilter.of(JudgementIT.LIST)))) {
      for (Map.Entry<String, List<JudgementRow>> host : byHost.entrySet()) {
        try (Http2Client client = new Http2Client(door.secured(host.getKey(), "h2"))) {
          for (JudgementRow row : host.getValue()) {
            origin.reset();
            String status = client.await(client.get(host.getKey(), row.path())).status();
            List<String> seen = origin.received.stream().map(StrictOrigin.Received::path).toList();
            if (!isRight(row, status, seen)) {
              wrong.add(row.shows() + " -> " + status + " " + seen.size());
            }
          }
        }
      }
      assertThat(wrong).isEmpty();
      assertThat(origin.offences).isEmpty();
    }
    assertThat(byHost.values().stream().mapToInt(List::size).sum()).isGreaterThan(400);
  }

  private static boolean isRight(JudgementRow row, String status, List<String> seen) {
    return row.expected().equals("blocked")
        ? status.equals("403") && seen.isEmpty()
        : status.equals("200") && seen.equals(List.of(row.path()));
  }
}
