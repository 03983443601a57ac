package dev.flotilla.raft.ratis;

/// What is to be done with a voter, seen how it is.
sealed interface Care {

  /// It works, or must wait.
  record LeaveIt() implements Care {}

  /// @param why one clause for people
  record Stop(String why) implements Care {}

  record Start() implements Care {}

  /// Its state is written as a whole, so that its log can begin anew.
  record Shorten() implements Care {}

  /// How a voter is.
  ///
  /// @param running whether it was started and not stopped
  /// @param alive whether it does anything
  /// @param excluded whether the others went on without it
  /// @param longLog whether its log has grown for too long
  /// @param freeBytes on its disk
  record Condition(
      boolean running, boolean alive, boolean excluded, boolean longLog, long freeBytes) {}

  /// A voter that stops in time is one voter less; one whose disk runs full can lose the file with
  /// its votes, and is lost for good. It comes back at twice the reserve, so that it does not flap.
  ///
  /// @param reserve bytes that stay free
  static Care of(Condition condition, long reserve) {
    if (condition.running()) {
      if (condition.freeBytes() < reserve) {
        return new Stop("its disk has %,d bytes left".formatted(condition.freeBytes()));
      }
      if (!condition.alive()) {
        return new Stop("it does nothing any more");
      }
      return condition.longLog() ? new Shorten() : new LeaveIt();
    }
    return condition.excluded() || condition.freeBytes() < 2 * reserve
        ? new LeaveIt()
        : new Start();
  }
}
