package dev.flotilla.operator.engine.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.port.StopSignal;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/// Whatever an engine answers, it costs its own tenant a reading and nobody anything else.
class HostileEngineTest extends OnLoopback {

  @Test
  void refusalsAreUnknown() {
    assertUnknown(observe(FakeMember.Conduct.refusing(403)), "(403)");
    assertUnknown(observe(FakeMember.Conduct.refusing(404)), "answered 404");
    assertUnknown(observe(FakeMember.Conduct.refusing(429)), "answered 429");
    assertUnknown(observe(FakeMember.Conduct.refusing(500)), "answered 500");
  }

  @Test
  void aStateWithoutAnElectedVoterIsUnknown() {
    var leaderless = STATE.replace("\"master_node\": \"i\"", "\"master_node\": null");

    assertUnknown(observe(FakeMember.Conduct.saying(HEALTH, leaderless)), "sees no elected voter");
  }

  @Test
  void aRedirectIsNotFollowed() {
    var thief = member(FakeMember.Conduct.saying(HEALTH, STATE));

    var reading =
        observe((request, out) ->
            FakeMember.send(
                out, 302, "Location: https://127.0.0.1:%d/\r\n".formatted(thief.port()), ""));

    assertUnknown(reading, "answered 302");
    assertThat(thief.requests()).isEmpty();
  }

  @Test
  void tenMegabytesAreNotRead() {
    assertUnknown(
        observe(FakeMember.Conduct.saying(HEALTH, " ".repeat(10_000_000))),
        "answered more than is read");
    assertUnknown(
        observe(FakeMember.Conduct.saying(" ".repeat(10_000_000), STATE)),
        "answered more than is read");
  }

  /// Four kilobytes that would become four megabytes, as an answer and as an error.
  @Test
  void aPackedAnswerIsNotUnpacked() throws Exception {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[4_000_000]);
    }
    for (int status : List.of(200, 503)) {
      assertUnknown(
          observe((request, out) -> {
            out.write(
                "HTTP/1.1 %d X\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                    .formatted(status, packed.size())
                    .getBytes(StandardCharsets.US_ASCII));
            packed.writeTo(out);
            out.flush();
          }),
          "does not speak HTTP as expected");
    }
  }

  @Test
  void whatIsNotHttpIsUnknown() {
    assertUnknown(
        observe((request, out) -> {
          out.write("220 mail.example ESMTP\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII));
          out.flush();
        }),
        "does not speak HTTP as expected");
    assertUnknown(observe((request, out) -> out.close()), "hung up");
    assertUnknown(
        observe((request, out) -> {
          out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
          for (int i = 0; i < 100_000; i++) {
            out.write("X-%d: y\r\n".formatted(i).getBytes(StandardCharsets.US_ASCII));
          }
        }),
        "does not speak HTTP as expected");
  }

  @Test
  void aDrippingAnswerEndsAtTheDeadline() {
    var done = new CountDownLatch(1);
    var before = System.nanoTime();

    var reading =
        observe((request, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          while (!done.await(300, TimeUnit.MILLISECONDS)) {
            out.write(' ');
            out.flush();
          }
        });
    done.countDown();

    assertUnknown(reading, "did not answer in time");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(DEADLINE.multipliedBy(3));
  }

  /// Not even TLS: a listener that accepts and says nothing.
  @Test
  void aSilentPortIsUnknown() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      var reading = engine(silent.getLocalPort()).observe(new StopSignal(), access("127.0.0.1"));

      assertThat(reading.known()).isEmpty();
    }
  }
}
