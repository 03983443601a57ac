/// The public vocabulary of status: which conditions a resource carries and why they stand so.
///
/// The strings here are an interface. They appear with the same spelling in conditions, events,
/// metric labels, logs and `docs/reference/reasons.md`; renaming one breaks scripts and alerts.
///
/// A condition or a reason exists here only if the operator can truthfully report it today.
/// Conditions about drains, excludes and backups arrive together with those features: until then a
/// resource that showed them would pretend to watch something that nobody watches.
///
/// Imports only `java.*` and JSpecify, so that the pure core of the operator may use it.
@NullMarked
package dev.flotilla.crds.condition;

import org.jspecify.annotations.NullMarked;
