/// What a real API server admits and refuses of the custom resources.
@NullMarked
package dev.flotilla.chaos.admission;

import org.jspecify.annotations.NullMarked;
