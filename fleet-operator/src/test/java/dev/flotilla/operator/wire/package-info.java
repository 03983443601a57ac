/// Views as documents.
@NullMarked
package dev.flotilla.operator.wire;

import org.jspecify.annotations.NullMarked;
