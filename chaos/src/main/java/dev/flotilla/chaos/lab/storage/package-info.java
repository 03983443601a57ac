/// Volumes of the local cluster: folders on this machine that behave like disks of a cloud.
///
/// May import: `java.*`, fabric8, SLF4J.
@NullMarked
package dev.flotilla.chaos.lab.storage;

import org.jspecify.annotations.NullMarked;
