package dev.flotilla.operator.engine.elasticsearch;

import java.security.SecureRandom;
import java.util.Random;

/// Secret randomness that repeats itself, for tests only.
final class SeededRandom extends SecureRandom {

  private static final long serialVersionUID = 1;

  private final Random source;

  SeededRandom(long seed) {
    source = new Random(seed);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    source.nextBytes(bytes);
  }
}
