/// How volumes that no member uses any more are kept, and when they end. Pure.
@NullMarked
package dev.flotilla.operator.core.volume;

import org.jspecify.annotations.NullMarked;
