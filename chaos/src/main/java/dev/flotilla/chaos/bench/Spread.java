package dev.flotilla.chaos.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// A few measurements of one thing.
record Spread(double least, double median, double most) {

  /// @throws IllegalArgumentException if there is none
  static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    var sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(sorted.getFirst(), median, sorted.getLast());
  }

  /// Such as `2.13 (1.90 to 2.40)`.
  String text(int decimals) {
    return "%s (%s to %s)"
        .formatted(number(median, decimals), number(least, decimals), number(most, decimals));
  }

  static String number(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toString();
  }
}
