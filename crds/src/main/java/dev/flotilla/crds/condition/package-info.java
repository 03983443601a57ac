/// Condition types and reasons that users and their alerts may rely on.
///
/// May import: `java.*`, JSpecify.
@NullMarked
package dev.flotilla.crds.condition;

import org.jspecify.annotations.NullMarked;
