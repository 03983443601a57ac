package dev.flotilla.chaos.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.chaos.lab.LabFailure;
import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.operator.cli.output.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The tenant's client and what it stores, against a server with a tenant's certificate.
class TenantClientTest {

  private static final String ADDRESS = "search.shop.svc";

  private PretendEngine engine;

  @BeforeEach
  void start() throws Exception {
    engine = new PretendEngine();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void letsItselfInByTheTenantsOwnAddress() {
    try (var client = client(ADDRESS, engine.logIn())) {
      assertThat(client.get("/wordnet/_count").path("count").asInt()).isZero();
    }
  }

  @Test
  void refusesAnAddressThatTheCertificateDoesNotName() {
    try (var client = client("other.shop.svc", engine.logIn())) {
      assertThatThrownBy(() -> client.get("/wordnet/_count"))
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(SSLException.class)
          .hasMessageContaining("other.shop.svc");
    }
  }

  @Test
  void refusesAnotherTenantsAuthority() throws Exception {
    try (var other = new PretendEngine();
        var client =
            client(
                ADDRESS,
                new LogIn(
                    engine.logIn().user(), engine.logIn().password(), other.logIn().authority()))) {
      assertThatThrownBy(() -> client.get("/wordnet/_count"))
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(SSLException.class);
    }
  }

  @Test
  void saysThatTheLogInIsWrong() {
    var wrong = new LogIn("admin", "guess", engine.logIn().authority());
    try (var client = client(ADDRESS, wrong)) {
      assertThatThrownBy(() -> client.get("/wordnet/_count"))
          .isInstanceOf(LabFailure.class)
          .hasMessageContaining("answered with 401");
    }
  }

  @Test
  void storesSynsetsAndFindsOutWhatIsMissingOrChanged() {
    var dictionary = new Dictionary();
    var progress = new ByteArrayOutputStream();
    try (var client = client(ADDRESS, engine.logIn());
        var lines = Progress.on(print(progress), Terminal.none());
        var synsets = WordNet.synsets().limit(12_345)) {
      dictionary.load(client, synsets, 12_345, lines.begin("documents"));

      assertThat(dictionary.total()).isEqualTo(12_345);
      assertThat(dictionary.verify(client)).isEqualTo(12_345);
      assertThat(engine.documents).hasSize(12_345);
      assertThat(progress.toString(StandardCharsets.UTF_8))
          .contains("total=12345 unit=documents")
          .doesNotContain("\u001b");

      // The first of the sample.
      var original = Objects.requireNonNull(engine.documents.get("n00001740"));
      engine.documents.put("n00001740", Objects.requireNonNull(engine.documents.get("n00001930")));
      assertThatThrownBy(() -> dictionary.verify(client))
          .hasMessageContaining("n00001740 is not what was sent");

      engine.documents.put("n00001740", original);
      engine.documents.remove("n00001930");
      assertThatThrownBy(() -> dictionary.verify(client))
          .hasMessageContaining("12,344 of 12,345 documents");
    }
  }

  private TenantClient client(String host, LogIn logIn) {
    return new TenantClient(
        engine.address(host), logIn, new RenamedResolver(InetAddress.getLoopbackAddress()));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }
}
