/// Certificate authorities and what they sign.
///
/// May import: `java.*`, the operator's ports, Bouncy Castle.
@NullMarked
package dev.flotilla.operator.certificate;

import org.jspecify.annotations.NullMarked;
