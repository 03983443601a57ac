/// `./flotilla demo`: the main job shown on a real cluster, with everything that it claims
/// verified.
///
/// Plays the parts of an administrator, who installs and breaks things, and of a tenant, who has an
/// address and a log-in. May import: `java.*`, the lab, `crds`, the Kubernetes client, Jackson, the
/// HTTP client, the command line library; never the operator, which is only watched from outside.
@NullMarked
package dev.flotilla.chaos.demo;

import org.jspecify.annotations.NullMarked;
