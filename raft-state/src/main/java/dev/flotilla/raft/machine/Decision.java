package dev.flotilla.raft.machine;

import dev.flotilla.raft.command.Answer;
import java.util.Optional;

/// What a command means to one state.
///
/// @param event empty if nothing changes
public record Decision(Answer answer, Optional<Event> event) {

  static Decision nothing(Answer answer) {
    return new Decision(answer, Optional.empty());
  }

  static Decision that(Answer answer, Event event) {
    return new Decision(answer, Optional.of(event));
  }
}
