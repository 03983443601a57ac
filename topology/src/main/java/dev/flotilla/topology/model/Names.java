package dev.flotilla.topology.model;

import java.util.regex.Pattern;

/// The two shapes of name that Kubernetes accepts for what we create, and the check for them.
final class Names {

  /// RFC 1123 label: what a namespace, a pod's host name and a label value may be at once.
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  private Names() {}

  static String requireLabel(String what, String value, int maxLength) {
    if (value.length() > maxLength || !LABEL.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "%s must be a DNS label of at most %d characters, was \"%s\""
              .formatted(what, maxLength, value));
    }
    return value;
  }
}
