/// The written form of what the planner sees: a view as a document that can be saved, changed by
/// hand and planned again, with both directions and the schema made from one description.
///
/// May import: `java.*`, the core, the words of conditions, the pure packages of `topology`,
/// `yaml`, Jackson's trees.
@NullMarked
package dev.flotilla.operator.wire;

import org.jspecify.annotations.NullMarked;
