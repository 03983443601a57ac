/// Requests of persons, looked at in the situation of their database: whether they can be done, how
/// far they are, and how they ended.
///
/// Imports `java.*`, `core.view` and the pure packages of `topology`.
@NullMarked
package dev.flotilla.operator.core.request;

import org.jspecify.annotations.NullMarked;
