package dev.flotilla.operator.cli.call;

import dev.flotilla.operator.cli.output.Console;
import dev.flotilla.operator.cli.output.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/// What a command finds around itself.
///
/// @param program what to type for this program: `flotilla`, `./flotilla` or `kubectl flotilla`
/// @param console where it prints
/// @param home the cluster that is meant when none is named
/// @param clock what ages are counted by
public record Surroundings(String program, Console console, HomeCluster home, InstantSource clock) {

  private static final String PLUGIN = "kubectl-";
  private static final String COMPLETER = "kubectl_complete-";

  /// Those of this process.
  ///
  /// @param calledAs the path by which the program was called
  public static Surroundings ofThisProcess(
      String calledAs, Map<String, String> environment, HomeCluster home) {
    return new Surroundings(
        program(calledAs),
        new Console(
            stream(FileDescriptor.out),
            stream(FileDescriptor.err),
            Terminal.ofStandardOutput(environment),
            Terminal.ofStandardError(environment)),
        home,
        InstantSource.system());
  }

  /// The same, printing elsewhere.
  public Surroundings with(Console other) {
    return new Surroundings(program, other, home, clock);
  }

  /// Whether `kubectl` called it, as a plug-in.
  public static boolean isPlugin(String calledAs) {
    return base(calledAs).startsWith(PLUGIN);
  }

  /// Whether `kubectl` called it to complete a command line of the plug-in.
  public static boolean isCompleter(String calledAs) {
    return base(calledAs).startsWith(COMPLETER);
  }

  /// What to type for a program that was called by that path.
  static String program(String calledAs) {
    if (isPlugin(calledAs)) {
      return "kubectl " + base(calledAs).substring(PLUGIN.length());
    }
    return calledAs.startsWith("./") ? calledAs : base(calledAs);
  }

  private static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, Terminal.nativeCharset());
  }
}
