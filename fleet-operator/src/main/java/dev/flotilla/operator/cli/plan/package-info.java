/// `plan`: what will be done, said beforehand.
///
/// May import: `java.*`, `crds`, the Kubernetes client, the command line library, the planner,
/// `document`, `wire`, `yaml`, `cli.call`, `cli.output`.
@NullMarked
package dev.flotilla.operator.cli.plan;

import org.jspecify.annotations.NullMarked;
