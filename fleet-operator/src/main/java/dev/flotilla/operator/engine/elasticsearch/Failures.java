package dev.flotilla.operator.engine.elasticsearch;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentTooLongException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;

/// Says in plain words why a member could not be asked: one clause whose subject is the member.
///
/// Messages of exceptions are left out: they may hold whatever the other side sent.
final class Failures {

  private static final int MAX_CAUSES = 10;

  private Failures() {}

  static String clause(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(MAX_CAUSES)
        .flatMap(cause -> words(cause).stream())
        .reduce((outer, inner) -> inner)
        .orElse("could not be asked (" + failure.getClass().getSimpleName() + ")");
  }

  private static Optional<String> words(Throwable failure) {
    return Optional.ofNullable(
        switch (failure) {
          case UnknownHostException e -> "has no address that can be used";
          case ConnectTimeoutException e -> "does not accept connections";
          case SocketTimeoutException e -> "does not answer";
          case ConnectException e -> "refuses connections";
          case SSLPeerUnverifiedException e -> "shows a certificate for another name";
          case CertificateExpiredException e -> "shows a certificate that has expired";
          case CertificateException e -> "shows a certificate that its authority did not sign";
          case CertPathValidatorException e ->
              "shows a certificate that its authority did not sign";
          case SSLException e -> "does not speak TLS as expected";
          case ContentTooLongException e -> "answered more than is read";
          case ConnectionClosedException e -> "hung up";
          case MessageConstraintException e -> "does not speak HTTP as expected";
          case HttpException e -> "does not speak HTTP as expected";
          default -> null;
        });
  }
}
