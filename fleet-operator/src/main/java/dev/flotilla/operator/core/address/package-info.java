/// The tenant's own address: who answers there, and who is taken out of it before it ends.
///
/// Imports `java.*`, `core.gate`, `core.object`, `core.roll`, `core.rule`, `core.step`,
/// `core.view`, the pure packages of `topology` and `crds.condition`.
@NullMarked
package dev.flotilla.operator.core.address;

import org.jspecify.annotations.NullMarked;
