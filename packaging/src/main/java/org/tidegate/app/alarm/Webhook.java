package org.tidegate.app.alarm;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.tidegate.sync.tuf.HttpAccess.Authorization;

/** A web server that takes alarms by POST. Redirects are not followed; any 2xx is taken for yes. */
public final class Webhook implements Receiver {
  private final URI address;
  private final Authorization authorization;
  private final Duration timeout;
  private final HttpClient client;

  /**
   * @param authorization asked for anew with every alarm
   * @param timeout of one attempt, from the connection to the last byte of the answer
   */
  public Webhook(
      URI address, Authorization authorization, Optional<SSLContext> tls, Duration timeout) {
    this.address = address;
    this.authorization = authorization;
    this.timeout = timeout;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout);
    tls.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  @Override
  public String word() {
    return "webhook";
  }

  @Override
  public void take(byte[] json) throws UndeliveredException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request(json), BodyHandlers.discarding());
    try {
      int status = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
      if (status / 100 != 2) {
        throw new UndeliveredException("status " + status);
      }
    } catch (TimeoutException e) {
      throw new UndeliveredException("timeout");
    } catch (ExecutionException e) {
      throw new UndeliveredException(trouble(e.getCause()));
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest request(byte[] json) throws UndeliveredException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("User-Agent", "tidegate")
            .POST(BodyPublishers.ofByteArray(json));
    try {
      authorization.find().ifPresent(field -> request.header("Authorization", field));
    } catch (IOException e) {
      throw new UndeliveredException("credentials");
    }
    return request.build();
  }

  private static String trouble(@Nullable Throwable cause) {
    if (cause instanceof HttpTimeoutException) {
      return "timeout";
    }
    return cause instanceof SSLException ? "tls" : "connect";
  }
}
