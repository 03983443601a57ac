/// Members, pools, zones and their identities as validated, immutable records.
///
/// May import: `java.*`, JSpecify, persistent collections.
@NullMarked
package dev.flotilla.topology.model;

import org.jspecify.annotations.NullMarked;
