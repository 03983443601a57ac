/// The commands of `./flotilla` under one name.
///
/// May import: `java.*`, the command line library, the lab, the demo and the operator's own views.
@NullMarked
package dev.flotilla.chaos.cli;

import org.jspecify.annotations.NullMarked;
