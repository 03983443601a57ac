/// Documents against their published schemas.
@NullMarked
package dev.flotilla.operator.document;

import org.jspecify.annotations.NullMarked;
