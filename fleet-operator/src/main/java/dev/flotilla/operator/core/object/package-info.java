/// The Kubernetes objects that the operator keeps beside members, as records: wanted ones and found
/// ones are compared by equals, and what differs is applied.
///
/// Imports `java.*`, `core.view`'s leaves and the pure packages of `topology`.
@NullMarked
package dev.flotilla.operator.core.object;

import org.jspecify.annotations.NullMarked;
