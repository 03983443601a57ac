/// Tests of the Kubernetes adapter.
@NullMarked
package dev.flotilla.operator.kube;

import org.jspecify.annotations.NullMarked;
