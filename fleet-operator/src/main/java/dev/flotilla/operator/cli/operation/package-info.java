/// `drain` and `cancel`: what a person asks to be done with members of a database, and how it goes.
///
/// May import: `java.*`, `cli.call`, `cli.output`, `document`, `wire`, `core`, `crds`.
@NullMarked
package dev.flotilla.operator.cli.operation;

import org.jspecify.annotations.NullMarked;
