package dev.flotilla.lab.elasticsearch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.concurrent.CountDownLatch;
import joptsimple.OptionSet;
import org.elasticsearch.bootstrap.ServerArgs;
import org.elasticsearch.cli.ProcessInfo;
import org.elasticsearch.cli.terminal.Terminal;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.cli.EnvironmentAwareCommand;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.KeyStoreWrapper;
import org.elasticsearch.env.Environment;

/// What the distribution's command line does in a JVM of its own, done in the server's JVM: reads
/// `elasticsearch.yml`, the environment and `-E` arguments with the engine's own classes, and hands
/// the result to the server's main class on its standard input.
public final class Launcher extends EnvironmentAwareCommand {
  private Launcher() {
    super("Starts Elasticsearch");
  }

  /// Returns once the server runs; its own threads keep the process alive.
  public static void main(String[] args) throws Exception {
    LogConfigurator.configureESLogging();
    int status = new Launcher().main(args, Terminal.DEFAULT, ProcessInfo.fromSystem());
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public void execute(
      Terminal terminal, OptionSet options, Environment environment, ProcessInfo process)
      throws Exception {
    try (KeyStoreWrapper secrets = secrets(environment)) {
      var arguments =
          new ServerArgs(
              false,
              false,
              null,
              secrets,
              environment.settings(),
              environment.configDir(),
              environment.logsDir());
      var bytes = new BytesStreamOutput();
      arguments.writeTo(bytes);
      System.setIn(
          new SequenceInputStream(
              new ByteArrayInputStream(BytesReference.toBytes(bytes.bytes())), new Silence()));
    }
    // The module is named because the class is also visible, unusable, to the class path.
    Module server = ModuleLayer.boot().findModule("org.elasticsearch.server").orElseThrow();
    var main =
        Class.forName(server, "org.elasticsearch.bootstrap.Elasticsearch")
            .getDeclaredMethod("main", String[].class);
    main.setAccessible(true);
    main.invoke(null, (Object) new String[0]);
  }

  private static KeyStoreWrapper secrets(Environment environment) throws Exception {
    KeyStoreWrapper stored = KeyStoreWrapper.load(environment.configDir());
    if (stored == null) {
      return KeyStoreWrapper.create();
    }
    stored.decrypt(new char[0]);
    return stored;
  }

  /// A standard input on which nothing ever comes: the server stops itself when it reads an end.
  private static final class Silence extends InputStream {
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public int read() throws IOException {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return -1;
    }
  }
}
