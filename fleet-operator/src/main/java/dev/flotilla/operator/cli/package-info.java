/// The views of the command line: custom resources in, one record, several printings out.
///
/// Reads custom resources and nothing else, so that looking at a database needs no right to read
/// Secrets, to enter pods or to log in to an engine. May import: `java.*`, `crds`, the Kubernetes
/// client, Jackson, the command line library.
@NullMarked
package dev.flotilla.operator.cli;

import org.jspecify.annotations.NullMarked;
