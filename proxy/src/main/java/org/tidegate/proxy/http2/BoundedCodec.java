package org.tidegate.proxy.http2;

import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;
import java.time.Duration;

/** The codec of a connection, with bounds on what the other end may ask of it. */
final class BoundedCodec {
  private static final int MAX_STREAMS = 100;

  /** More resets than this in half a minute are an attack (CVE-2023-44487), whoever sends them. */
  private static final int MAX_RESETS = 200;

  private static final int RESET_SECONDS = 30;
  private static final int MAX_EMPTY_DATA = 10;
  private static final int MAX_SMALL_CONTINUATIONS = 8;
  private static final int MAX_QUEUED_CONTROL_FRAMES = 1000;

  private BoundedCodec() {}

  /**
   * For a client.
   *
   * @param fieldBytes all fields of a message together
   * @param drain how long streams may take to end when the connection is closed
   */
  static Http2FrameCodec toClient(int fieldBytes, Duration drain) {
    return bound(
        Http2FrameCodecBuilder.forServer(),
        Http2Settings.defaultSettings().maxConcurrentStreams(MAX_STREAMS),
        fieldBytes,
        drain);
  }

  /** For an origin, which may push nothing. */
  static Http2FrameCodec toOrigin(int fieldBytes) {
    return bound(
        Http2FrameCodecBuilder.forClient(),
        Http2Settings.defaultSettings().maxConcurrentStreams(0).pushEnabled(false),
        fieldBytes,
        Duration.ZERO);
  }

  private static Http2FrameCodec bound(
      Http2FrameCodecBuilder codec, Http2Settings settings, int fieldBytes, Duration drain) {
    return codec
        .initialSettings(settings.maxHeaderListSize(fieldBytes))
        .validateHeaders(true)
        .decoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_SECONDS)
        .encoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_SECONDS)
        .decoderEnforceMaxConsecutiveEmptyDataFrames(MAX_EMPTY_DATA)
        .decoderEnforceMaxSmallContinuationFrames(MAX_SMALL_CONTINUATIONS)
        .encoderEnforceMaxQueuedControlFrames(MAX_QUEUED_CONTROL_FRAMES)
        .gracefulShutdownTimeoutMillis(drain.toMillis())
        .build();
  }
}
