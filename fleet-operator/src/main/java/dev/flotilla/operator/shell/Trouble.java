package dev.flotilla.operator.shell;

import dev.flotilla.crds.condition.Reason;

/// Why the record of a cluster's members cannot be used now.
///
/// @param why one clause for people
record Trouble(Reason reason, String why) {}
