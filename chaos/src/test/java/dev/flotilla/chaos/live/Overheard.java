package dev.flotilla.chaos.live;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/// Everything that is logged in this process from now on, in the form in which it is printed.
final class Overheard implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final OutputStreamAppender<ILoggingEvent> listener = new OutputStreamAppender<>();

  Overheard() {
    var printer = (OutputStreamAppender<ILoggingEvent>) root.getAppender("json");
    listener.setContext(root.getLoggerContext());
    listener.setEncoder(printer.getEncoder());
    listener.setOutputStream(text);
    listener.start();
    root.addAppender(listener);
  }

  String text() {
    return text.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    root.detachAppender(listener);
  }
}
