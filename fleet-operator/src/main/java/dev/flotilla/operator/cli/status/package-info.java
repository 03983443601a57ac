/// `status`: how one database is, or all of them, from custom resources alone.
///
/// Reads custom resources and nothing else, so that looking at a database needs no right to read
/// Secrets, to enter pods or to log in to an engine. May import: `java.*`, `crds`, the Kubernetes
/// client, the command line library, `cli.call`, `cli.output`.
@NullMarked
package dev.flotilla.operator.cli.status;

import org.jspecify.annotations.NullMarked;
