package dev.flotilla.operator.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The options of `status`, to be mixed into a command.
public final class StatusOptions {

  /// How the answer is written.
  public enum Form {
    /// For people.
    table,
    /// For programs.
    json
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "CLUSTER",
      description = "A database, as NAMESPACE/NAME or NAME; without it, all of them.")
  @Nullable String cluster;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Where the database is (default: all, or that of the kubeconfig for a NAME).")
  @Nullable String namespace;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Form form = Form.table;

  @Option(names = "--plain", description = "Use no characters beyond ASCII.")
  boolean plain;

  @Option(
      names = "--exit-code",
      description = "Exit with 4 if nothing is wrong but something is not finished.")
  boolean exitCode;

  /// Whether standard output shall parse alone, so that whatever else is said goes to standard
  /// error.
  public boolean json() {
    return form == Form.json;
  }
}
