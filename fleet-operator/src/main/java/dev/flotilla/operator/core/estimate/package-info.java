/// How long a drain will still take, from what was seen of it so far: arithmetic on times and
/// bytes.
///
/// Imports `java.*`.
@NullMarked
package dev.flotilla.operator.core.estimate;

import org.jspecify.annotations.NullMarked;
