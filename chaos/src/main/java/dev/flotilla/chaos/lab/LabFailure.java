package dev.flotilla.chaos.lab;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// The lab could not do what was asked. Caught once, where the command ends.
public final class LabFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String remedy;
  private final transient Optional<Path> log;

  /// A failure without a log.
  ///
  /// @param what one sentence, lower case, without a full stop
  /// @param remedy the smallest thing to do about it
  public LabFailure(String what, String remedy) {
    this(what, remedy, Optional.empty());
  }

  /// A failure whose log tells more.
  public LabFailure(String what, String remedy, Path log) {
    this(what, remedy, Optional.of(log));
  }

  private LabFailure(String what, String remedy, Optional<Path> log) {
    super(what);
    this.remedy = remedy;
    this.log = log;
  }

  /// One sentence.
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /// What to do about it.
  public String remedy() {
    return remedy;
  }

  /// The log whose end belongs to the message.
  public Optional<Path> log() {
    return log;
  }
}
