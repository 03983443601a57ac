/// What programs read of a fleet: records with a version and a kind, printed by the command line
/// and served by the operator. Text for people is made of the same records.
///
/// May import: `java.*`, the core, the pure packages of `topology`, `crds.condition`, `yaml`,
/// Jackson.
@NullMarked
package dev.flotilla.operator.document;

import org.jspecify.annotations.NullMarked;
