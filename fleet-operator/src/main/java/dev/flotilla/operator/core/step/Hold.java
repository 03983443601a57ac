package dev.flotilla.operator.core.step;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.topology.model.MemberName;
import java.util.Optional;

/// Something that is wanted and is not done, and why.
///
/// @param by the gate or rule that holds it, as named in the documentation
/// @param subject the member concerned; empty if it is the cluster as a whole
/// @param message subject, fact and the act that ends it, at most 1 KiB
public record Hold(String by, Reason reason, Optional<MemberName> subject, String message) {

  private static final int MAX_MESSAGE = 1024;

  public Hold {
    if (message.length() > MAX_MESSAGE) {
      message = message.substring(0, MAX_MESSAGE - 1) + "…";
    }
  }
}
