/// Tests of the voter's surroundings in Kubernetes.
@NullMarked
package dev.flotilla.operator.app.voter;

import org.jspecify.annotations.NullMarked;
