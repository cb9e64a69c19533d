package org.tidegate.proxy.http;

/** Why a message is refused, and the status that says so. The table is docs/request-gate.md. */
public enum Refusal {
  BAD_REQUEST_LINE(400),
  BAD_METHOD(400),
  BAD_TARGET(400),
  BAD_VERSION(400),
  BAD_LINE_END(400),
  BAD_FIELD_NAME(400),
  BAD_FIELD_VALUE(400),
  FOLDED_FIELD(400),
  NO_HOST(400),
  SEVERAL_HOSTS(400),
  BAD_HOST(400),
  HOST_UNLIKE_TARGET(400),
  LENGTH_AND_ENCODING(400),
  BAD_LENGTH(400),
  BAD_ENCODING(400),
  BAD_CHUNK(400),
  BAD_TRAILER(400),
  BAD_CONNECTION_OPTION(400),
  BODY_ON_CONNECT(400),
  EXPECTATION(400),
  TARGET_TOO_LONG(414),
  HEAD_TOO_LARGE(431),
  BAD_STATUS_LINE(502);

  private final int status;

  Refusal(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }
}
