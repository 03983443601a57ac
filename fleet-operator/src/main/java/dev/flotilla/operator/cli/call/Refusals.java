package dev.flotilla.operator.cli.call;

import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.cli.output.Problem;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What an API server's refusal means to the person who called.
final class Refusals {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  /// What the API server says is missing.
  private static final Pattern MISSING =
      Pattern.compile(
          "cannot (?<verb>\\w+) resource \"(?<resource>[^\"]+)\" in API group \"(?<group>[^\"]*)\""
              + "(?<where>.*)",
          Pattern.DOTALL);

  private Refusals() {}

  static Answer of(KubernetesClientException failure, String server) {
    return switch (failure.getCode()) {
      case UNAUTHORIZED ->
          Answer.failed(
              Exit.FORBIDDEN,
              Problem.of(
                  "the API server at %s does not know you".formatted(server),
                  "log in, or name another user by --context"));
      case FORBIDDEN ->
          Answer.failed(
              Exit.FORBIDDEN,
              Problem.of(
                  "not allowed: " + missing(failure),
                  "ask whoever administers the cluster; docs/reference/rbac.md lists the rights"));
      case NOT_FOUND -> Answer.failed(Exit.ABSENT, absent(failure));
      default ->
          Answer.failed(
              Exit.FAULT,
              Problem.of(
                  "the API server at %s gives no answer: %s".formatted(server, cause(failure))));
    };
  }

  private static Problem absent(KubernetesClientException failure) {
    return Optional.ofNullable(failure.getStatus())
        .map(Status::getDetails)
        .filter(details -> "namespaces".equals(details.getKind()))
        .map(StatusDetails::getName)
        .map(namespace ->
            Problem.of(
                "there is no namespace " + namespace, "kubectl create namespace " + namespace))
        .orElseGet(() ->
            Problem.of(
                "this cluster does not know databases: flotilla is not installed",
                "flotilla install --help"));
  }

  private static String missing(KubernetesClientException failure) {
    var said =
        Optional.ofNullable(failure.getStatus())
            .flatMap(status -> Optional.ofNullable(status.getMessage()))
            .orElse("the API server does not say what is missing");
    var parts = MISSING.matcher(said);
    if (!parts.find()) {
      return said;
    }
    var group = parts.group("group").isEmpty() ? "" : "." + parts.group("group");
    return "%s on %s%s%s is needed"
        .formatted(parts.group("verb"), parts.group("resource"), group, parts.group("where"));
  }

  /// Why there is no answer, in words. The client of the JDK has none for a connection that does
  /// not come about.
  static String cause(Throwable failure) {
    var causes = Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    var deepest = causes.getLast();
    if (deepest instanceof UnresolvedAddressException) {
      return "no host has this name";
    }
    if (deepest instanceof ClosedChannelException
        && causes.stream().anyMatch(ConnectException.class::isInstance)) {
      return "the connection was refused: nothing listens there";
    }
    return Objects.requireNonNullElse(deepest.getMessage(), deepest.getClass().getSimpleName());
  }
}
