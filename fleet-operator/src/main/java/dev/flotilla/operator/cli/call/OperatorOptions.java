package dev.flotilla.operator.cli.call;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of commands that ask the operator itself.
public final class OperatorOptions {

  @Option(
      names = "--operator",
      paramLabel = "URL",
      description = {
        "Ask the operator at this address, such as https://localhost:8443, and not by way of the"
            + " API server."
      })
  private @Nullable URI operator;

  @Option(
      names = "--operator-namespace",
      paramLabel = "NAMESPACE",
      defaultValue = "flotilla-system",
      description = "Where the operator is installed (default: ${DEFAULT-VALUE}).")
  private String namespace = "flotilla-system";

  Optional<URI> address() {
    return Optional.ofNullable(operator);
  }

  /// Where the operators are.
  public String namespace() {
    return namespace;
  }
}
