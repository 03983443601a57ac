package dev.flotilla.chaos.lab.image;

import java.io.Serial;

/// An image cannot be made on this machine. The message says what failed and where to read more.
public final class ImageFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  ImageFailure(String message) {
    super(message);
  }
}
