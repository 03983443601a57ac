package dev.flotilla.operator.core.view;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/// How many bytes a Kubernetes quantity such as `10Gi` or `1e9` says.
///
/// Source:
/// [Quantity](https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/)
public final class ByteCount {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<number>[0-9]+(?:[.][0-9]*)?|[.][0-9]+)(?<unit>[eE][0-9]{1,3}|[KMGTPE]i|[kMGTPE])?");
  private static final int KILO = 1000;
  private static final int KIBI = 1024;
  private static final String POWERS = "KMGTPE";

  private ByteCount() {}

  /// @return empty if the text is no amount of bytes
  public static Optional<BigDecimal> of(String quantity) {
    var found = FORM.matcher(quantity);
    return found.matches()
        ? Optional.of(
            new BigDecimal(found.group("number"))
                .multiply(factor(Optional.ofNullable(found.group("unit")).orElse(""))))
        : Optional.empty();
  }

  private static BigDecimal factor(String unit) {
    if (unit.isEmpty()) {
      return BigDecimal.ONE;
    }
    boolean isExponent = unit.length() > 1 && Character.isDigit(unit.charAt(1));
    if (isExponent) {
      return BigDecimal.ONE.scaleByPowerOfTen(Integer.parseInt(unit.substring(1)));
    }
    return BigDecimal.valueOf(unit.endsWith("i") ? KIBI : KILO)
        .pow(1 + POWERS.indexOf(Character.toUpperCase(unit.charAt(0))));
  }
}
