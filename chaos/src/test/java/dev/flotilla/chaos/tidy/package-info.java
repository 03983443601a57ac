/// Sizes, names and words of all sources of the project, held by tests instead of by reviewers.
///
/// May import: `java.*`, the JDK's compiler tree API, JUnit, AssertJ.
@NullMarked
package dev.flotilla.chaos.tidy;

import org.jspecify.annotations.NullMarked;
