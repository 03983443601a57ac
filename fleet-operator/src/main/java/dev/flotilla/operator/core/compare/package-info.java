/// What the store says of members beside what Kubernetes and the engines say.
///
/// Pure. Imports `java.*`, `core.view` and `topology.model`.
@NullMarked
package dev.flotilla.operator.core.compare;

import org.jspecify.annotations.NullMarked;
