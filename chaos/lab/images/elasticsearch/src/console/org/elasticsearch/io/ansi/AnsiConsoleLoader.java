package org.elasticsearch.io.ansi;

import java.util.function.Supplier;

/// Says that there is no console. Stands in for the distribution's terminal library, which is not
/// on Maven Central and without which the server does not start.
public final class AnsiConsoleLoader implements Supplier<Object> {
  @Override
  public Object get() {
    return null;
  }
}
