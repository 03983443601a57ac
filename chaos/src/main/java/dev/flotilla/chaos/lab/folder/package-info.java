/// Folders on disk, as the lab and the tests clear them away. Imports `java.*` alone.
@NullMarked
package dev.flotilla.chaos.lab.folder;

import org.jspecify.annotations.NullMarked;
