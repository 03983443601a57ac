package dev.flotilla.topology.store;

import dev.flotilla.topology.model.ClusterRef;
import java.util.regex.Pattern;

/// The name of an entry: segments with `/` between them, such as `clusters/shop/search`.
///
/// @param path one or more segments of lower-case letters, digits, `-`, `.` and `_`; at most
///   [#MAX_LENGTH] characters
public record Key(String path) implements Comparable<Key> {

  /// Room for every name that Kubernetes allows, three times over.
  public static final int MAX_LENGTH = 400;

  private static final Pattern FORM = Pattern.compile("[-a-z0-9._]+(/[-a-z0-9._]+)*");

  public Key {
    if (path.length() > MAX_LENGTH || !FORM.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "a key has segments of a-z, 0-9, '-', '.' and '_' in at most %d characters, was %s"
              .formatted(MAX_LENGTH, path));
    }
  }

  /// The head of everything that is recorded of a cluster.
  public static Key of(ClusterRef cluster) {
    return new Key("clusters/%s/%s".formatted(cluster.namespace(), cluster.name()));
  }

  /// The key one segment further down.
  public Key child(String segment) {
    return new Key(path + "/" + segment);
  }

  /// Whether this is the other key or lies under it.
  public boolean isWithin(Key other) {
    return path.equals(other.path) || path.startsWith(other.path + "/");
  }

  @Override
  public int compareTo(Key other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return path;
  }
}
