/// What becomes of a database that is deleted, and of volumes that nobody uses. Imports `java.*`
/// alone.
@NullMarked
package dev.flotilla.operator.core.retention;

import org.jspecify.annotations.NullMarked;
