/// Rolling changes: members are started anew, one after the other, because what they are made from
/// has changed or because somebody asked for it.
///
/// Imports `java.*`, `core.request`, `core.rule`, `core.step`, `core.view`, the pure packages of
/// `topology` and `crds.condition`.
@NullMarked
package dev.flotilla.operator.core.roll;

import org.jspecify.annotations.NullMarked;
