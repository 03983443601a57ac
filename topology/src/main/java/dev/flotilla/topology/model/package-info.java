/// What a fleet is made of: names, zones, slots and member records, all validated and immutable.
///
/// Imports only `java.*`. Everything else in the project may import this package.
@NullMarked
package dev.flotilla.topology.model;

import org.jspecify.annotations.NullMarked;
