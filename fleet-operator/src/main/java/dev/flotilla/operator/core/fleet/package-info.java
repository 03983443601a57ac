/// What a database shares with all others: limits that a person sets, and how far they are used.
///
/// Imports `java.*` and the pure packages of `topology`.
@NullMarked
package dev.flotilla.operator.core.fleet;

import org.jspecify.annotations.NullMarked;
