/// Rules, one file each, in one visible order: each proposes steps for what it sees.
///
/// May import: `java.*`, JSpecify, the pure packages of `topology`, other packages of
/// `operator.core`.
@NullMarked
package dev.flotilla.operator.core.rule;

import org.jspecify.annotations.NullMarked;
