package dev.flotilla.lab.elasticsearch;

import java.lang.instrument.Instrumentation;

/// The agent that the server attaches to itself. Stands in for the distribution's entitlement
/// agent, which is not on Maven Central.
public final class EntitlementAgent {
  private EntitlementAgent() {}

  /// Hands the instrumentation to `initialiser`, the class that the server named.
  public static void agentmain(String initialiser, Instrumentation instrumentation)
      throws ReflectiveOperationException {
    OpenFilesCheck.relax(instrumentation);
    Class.forName(initialiser)
        .getMethod("initialize", Instrumentation.class)
        .invoke(null, instrumentation);
  }
}
