package org.tidegate.proxy.http2;

import io.netty.handler.codec.http2.Http2Headers;
import java.util.Set;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.Framing;
import org.tidegate.proxy.http.MessageHead;

/** Reads the request that goes out to an origin on one stream. Used by one thread. */
final class RequestReader extends MessageReader {
  private static final String HOST = "host";

  private boolean head;

  RequestReader() {
    super(MessageHead.Kind.REQUEST);
  }

  /** Whether the request is a HEAD, whose answer has no body. */
  boolean isHead() {
    return head;
  }

  @Override
  Framing readHead(MessageHead request, Http2Headers headers) throws BadMessage {
    String[] line = request.startLine().split(" ", -1); // written by this gateway: three words
    head = line[0].equals("HEAD");
    headers.method(line[0]).scheme("https").path(line[1]);
    headers.authority(request.value(request.find(HOST, 0)));
    Fields.copy(request, Set.of(HOST), headers);
    headers.add("te", "trailers"); // they are passed on; gRPC asks for this
    return Framing.ofRequest(request);
  }
}
