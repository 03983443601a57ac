/// The operator's HTTPS server against a real client.
@NullMarked
package dev.flotilla.operator.api;

import org.jspecify.annotations.NullMarked;
