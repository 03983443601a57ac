/// A real local cluster: control plane, zones of kubelets, volumes, images.
///
/// May import: `java.*`, the progress bar, the command line library, every other module.
@NullMarked
package dev.flotilla.chaos.lab;

import org.jspecify.annotations.NullMarked;
