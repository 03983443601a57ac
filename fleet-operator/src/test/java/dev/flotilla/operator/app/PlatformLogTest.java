package dev.flotilla.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// What the JDK and its libraries log is one line of JSON like everything else: otherwise it would
/// stand beside the log, where neither a log's reader nor a search for secrets looks.
class PlatformLogTest {

  private static final String NAME = "dev.flotilla.test.platform";

  @Test
  void whatIsLoggedByThePlatformsOwnMeansIsInTheLog() {
    var lines = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger(NAME);
    lines.start();
    logger.addAppender(lines);
    try {
      System.getLogger(NAME).log(System.Logger.Level.WARNING, "seen");
    } finally {
      logger.detachAppender(lines);
    }

    assertThat(lines.list).extracting(ILoggingEvent::getMessage).containsExactly("seen");
  }
}
