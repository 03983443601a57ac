package dev.flotilla.operator.bench;

/// Decides what becomes of each write of one operator.
@FunctionalInterface
public interface Fault {

  Fault NONE = (n, what) -> Fate.CARRIED_OUT;

  /// @param n counts the writes of this operator from 1, status and take-over included
  /// @param what such as `createPod shop/search-data-a-btdpq5`
  Fate of(int n, String what);

  enum Fate {
    CARRIED_OUT,
    /// It happens, and its answer is lost.
    ANSWER_LOST,
    /// It never arrives, and nobody says so.
    REQUEST_LOST,
    /// The process ends before the request leaves.
    DIES_BEFORE,
    /// The process ends after it has happened and before the answer is read.
    DIES_AFTER
  }

  /// The process ends before or after its n-th write.
  static Fault dies(int at, Fate when) {
    return (n, what) -> n == at ? when : Fate.CARRIED_OUT;
  }

  /// Something else happens while the n-th write is on its way.
  static Fault pauses(int at, Runnable meanwhile) {
    return (n, what) -> {
      if (n == at) {
        meanwhile.run();
      }
      return Fate.CARRIED_OUT;
    };
  }

  /// The process ended. An error, so that nothing in the operator can go on after it.
  final class Death extends Error {

    private static final long serialVersionUID = 1;

    Death(String what) {
      super(what);
    }
  }
}
