/// What holds for all databases of a Kubernetes cluster together: `FleetPolicy`, in the same API
/// group and version as the rest, under the same rules.
///
/// May import: `java.*`, JSpecify, Jackson's annotations, fabric8's model and generator
/// annotations, `crds.v1alpha1`.
@NullMarked
package dev.flotilla.crds.v1alpha1.fleet;

import org.jspecify.annotations.NullMarked;
