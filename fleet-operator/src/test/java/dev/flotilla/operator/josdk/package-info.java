/// What goes by the Java Operator SDK's queue, and what beside it.
@NullMarked
package dev.flotilla.operator.josdk;

import org.jspecify.annotations.NullMarked;
