package dev.flotilla.chaos.lab;

import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.operator.cli.output.Terminal;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the local cluster as a parameter of type [Lab], started or repaired as `up` does.
///
/// A cluster that was there before stays; one that was started for the tests is removed after the
/// last.
public final class LocalCluster implements ParameterResolver {

  /// The cluster for all tests of one run.
  private static final class Held implements AutoCloseable {

    private final Clusters clusters =
        new Clusters(Places.ofThisMachine(System.getenv()), System.getenv());
    private final boolean wasThere = clusters.spec(0).isPresent();
    private final Progress progress = Progress.on(System.err, Terminal.none());
    private final Lab lab =
        clusters.up(clusters.spec(0).orElseGet(() -> LabSpec.standard(0)), progress);

    @Override
    public void close() {
      if (!wasThere) {
        clusters.down(progress);
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(Lab.class);
  }

  @Override
  public Lab resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(LocalCluster.class))
        .computeIfAbsent(Held.class, key -> new Held(), Held.class)
        .lab;
  }
}
