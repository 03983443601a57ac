/// What the planner sees: one immutable picture of a cluster and of the part of the fleet that
/// matters to it.
///
/// Every fact is a record of our own. What could not be read is
/// [dev.flotilla.operator.core.view.Reading.Unknown], never empty. Imports `java.*`,
/// `core.estimate` and the pure packages of `topology`.
@NullMarked
package dev.flotilla.operator.core.view;

import org.jspecify.annotations.NullMarked;
