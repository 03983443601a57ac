/// Files that people write.
@NullMarked
package dev.flotilla.operator.yaml;

import org.jspecify.annotations.NullMarked;
