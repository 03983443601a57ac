package dev.flotilla.topology.lifecycle;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a member had when its drain began, as far as it decides later whether it may go: a copy
/// that is nowhere may be one of those it had.
///
/// @param indices that had a copy on it, each with how many of its copies were nowhere already
public record Stake(SortedMap<String, Integer> indices) {

  /// Names that are longer than this together are not remembered: the store takes no record of any
  /// length.
  public static final int MAX = 16 * 1024;

  public Stake {
    indices = Collections.unmodifiableSortedMap(new TreeMap<>(indices));
    if (length(indices) > MAX) {
      throw new IllegalArgumentException("too many indices: " + indices.size());
    }
    indices.forEach((index, nowhere) -> {
      if (!isFit(index) || nowhere < 0) {
        throw new IllegalArgumentException("no index: %s, %d".formatted(index, nowhere));
      }
    });
  }

  /// @return empty if it is too much to be remembered, or has a name that cannot be written on one
  ///   line: then every copy that is nowhere counts
  public static Optional<Stake> of(Map<String, Integer> indices) {
    return length(indices) <= MAX && indices.keySet().stream().allMatch(Stake::isFit)
        ? Optional.of(new Stake(new TreeMap<>(indices)))
        : Optional.empty();
  }

  private static int length(Map<String, Integer> indices) {
    return indices.entrySet().stream()
        .mapToInt(index -> index.getKey().length() + index.getValue().toString().length() + 2)
        .sum();
  }

  private static boolean isFit(String index) {
    return index.matches("[\\x21-\\x7e&&[^,/]]{1,255}");
  }
}
