/// What the tests of every module share: which tiers run, what was proven, the house's own rules.
///
/// May import: `java.*`, JSpecify, JUnit, ArchUnit, Jackson.
@NullMarked
package dev.flotilla.house;

import org.jspecify.annotations.NullMarked;
