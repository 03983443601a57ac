package dev.flotilla.operator.kube;

import dev.flotilla.operator.port.WriteResult;
import dev.flotilla.operator.port.WriteResult.Cause;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;

/// What an exception of the client says about the request that met it.
///
/// Decided by codes and by the classes in the chain of causes, never by texts, which differ from
/// one path through the client to the next. When in doubt it may have happened.
///
/// Source: docs/adr/0003-results-are-values.md
final class Faults {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private static final Duration SOON = Duration.ofSeconds(1);

  /// The request never left this process.
  private static final List<Class<? extends Throwable>> NOT_SENT =
      List.of(
          ConnectException.class,
          UnknownHostException.class,
          UnresolvedAddressException.class,
          HttpConnectTimeoutException.class,
          SSLHandshakeException.class);

  private Faults() {}

  static WriteResult ofWrite(KubernetesClientException fault) {
    int code = fault.getCode();
    if (code == TOO_MANY_REQUESTS) {
      return new WriteResult.RetryAfter(delay(fault), message(fault));
    }
    if (code >= 400 && code < 500) {
      return reason(fault)
          .<WriteResult>map(
              reason -> new WriteResult.Rejected(code, cause(fault, reason), message(fault)))
          // Something between us and the API server answered: it says nothing about the object.
          .orElseGet(() -> new WriteResult.Unconfirmed(message(fault)));
    }
    return wasNotSent(fault)
        ? new WriteResult.RetryAfter(SOON, message(fault))
        : new WriteResult.Unconfirmed(message(fault));
  }

  /// Whether the API server itself says that there is no such object.
  static boolean isAbsent(KubernetesClientException fault) {
    return fault.getCode() == NOT_FOUND && reason(fault).isPresent();
  }

  /// The words of the API server, or what became of the request.
  static String message(KubernetesClientException fault) {
    return Optional.ofNullable(fault.getStatus())
        .map(Status::getMessage)
        .or(() -> Optional.ofNullable(fault.getMessage()))
        .orElse("the request failed with code " + fault.getCode());
  }

  private static Cause cause(KubernetesClientException fault, String reason) {
    return switch (fault.getCode()) {
      case CONFLICT ->
          "AlreadyExists".equals(reason)
              ? Cause.ALREADY_EXISTS
              : isFieldConflict(fault) ? Cause.FIELD_OWNED : Cause.CHANGED;
      case NOT_FOUND -> Cause.NOT_FOUND;
      case UNAUTHORIZED, FORBIDDEN -> Cause.FORBIDDEN;
      default -> isNamesake(fault) ? Cause.CHANGED : Cause.INVALID;
    };
  }

  /// Whether a patch named another uid than the object has: the API server takes that for an
  /// attempt to change the uid.
  private static boolean isNamesake(KubernetesClientException fault) {
    return details(fault).stream()
        .flatMap(details -> details.getCauses().stream())
        .anyMatch(cause -> "metadata.uid".equals(cause.getField()));
  }

  private static boolean isFieldConflict(KubernetesClientException fault) {
    return details(fault).stream()
        .flatMap(details -> details.getCauses().stream())
        .anyMatch(cause -> "FieldManagerConflict".equals(cause.getReason()));
  }

  private static Duration delay(KubernetesClientException fault) {
    return details(fault)
        .map(StatusDetails::getRetryAfterSeconds)
        .filter(seconds -> seconds > 0)
        .map(Duration::ofSeconds)
        .orElse(SOON);
  }

  private static Optional<String> reason(KubernetesClientException fault) {
    return Optional.ofNullable(fault.getStatus()).map(Status::getReason);
  }

  private static Optional<StatusDetails> details(KubernetesClientException fault) {
    return Optional.ofNullable(fault.getStatus()).map(Status::getDetails);
  }

  private static boolean wasNotSent(Throwable fault) {
    return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause -> NOT_SENT.stream().anyMatch(type -> type.isInstance(cause)));
  }
}
