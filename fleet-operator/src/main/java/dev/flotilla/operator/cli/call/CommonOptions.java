package dev.flotilla.operator.cli.call;

import dev.flotilla.operator.cli.output.OutputForm;
import dev.flotilla.operator.cli.output.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of every command that looks at a cluster, spelled as `kubectl` spells them.
public final class CommonOptions {

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Where to look (default: that of the kubeconfig for a NAME, else all).")
  private @Nullable String namespace;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The context of the kubeconfig to use.")
  private @Nullable String context;

  @Option(names = "--kubeconfig", paramLabel = "FILE", description = "The kubeconfig to use.")
  private @Nullable Path kubeconfig;

  @Option(names = "--as", paramLabel = "USER", description = "Ask in the name of this user.")
  private @Nullable String as;

  @Option(
      names = "--request-timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = Timeout.class,
      description = "How long to wait for each answer, such as 500ms or 1m (default: 10s).")
  private Duration timeout = Duration.ofSeconds(10);

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OutputForm form = OutputForm.table;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print no hints.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print where in the program a fault came from.")
  private boolean verbose;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Terminal.Colour colour = Terminal.Colour.auto;

  @Option(names = "--plain", description = "Use no characters beyond ASCII for marks and bars.")
  private boolean plain;

  /// The namespace that was asked for by `-n`.
  public Optional<String> namespace() {
    return Optional.ofNullable(namespace);
  }

  /// The form of the answer.
  public OutputForm form() {
    return form;
  }

  boolean quiet() {
    return quiet;
  }

  boolean verbose() {
    return verbose;
  }

  Optional<String> context() {
    return Optional.ofNullable(context);
  }

  Optional<Path> kubeconfig() {
    return Optional.ofNullable(kubeconfig);
  }

  Optional<String> as() {
    return Optional.ofNullable(as);
  }

  Duration timeout() {
    return timeout;
  }

  Terminal fitted(Terminal terminal) {
    return terminal.with(colour, plain);
  }
}
