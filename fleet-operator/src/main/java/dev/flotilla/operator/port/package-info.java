/// What the shell needs of the outside world, in our own records: Kubernetes, the engine, time,
/// credentials.
///
/// No type of a library crosses these interfaces. Every method that can block takes a
/// [dev.flotilla.operator.port.StopSignal] first and has a deadline of its own. Imports `java.*`,
/// `core.object`, `core.step`, `core.status`, `core.view`, `topology` and `crds.condition`.
@NullMarked
package dev.flotilla.operator.port;

import org.jspecify.annotations.NullMarked;
