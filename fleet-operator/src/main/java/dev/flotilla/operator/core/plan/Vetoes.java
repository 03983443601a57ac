package dev.flotilla.operator.core.plan;

import dev.flotilla.operator.core.address.ClientsElsewhere;
import dev.flotilla.operator.core.drain.NamedTarget;
import dev.flotilla.operator.core.gate.Gate;
import dev.flotilla.operator.core.gate.Gates;
import java.util.List;
import java.util.stream.Stream;

/// Every gate, in the order in which they are asked: the first veto is the one that is reported.
///
/// Whose clients are to be sent elsewhere comes last: that is done only for who goes in any case.
public final class Vetoes {

  public static final List<Gate> ALL =
      Stream.concat(Gates.ALL.stream(), Stream.of(new NamedTarget(), new ClientsElsewhere()))
          .toList();

  private Vetoes() {}
}
