package dev.flotilla.operator.core.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Amounts are read as Kubernetes reads them.
class ByteCountTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "64Mi",
        "10Gi",
        "10240Mi",
        "10G",
        "1.5Gi",
        ".5Gi",
        "2.",
        "1e9",
        "1E3",
        "1k",
        "1Ki",
        "3T",
        "3Ti",
        "2P",
        "2Pi",
        "1E",
        "12345678901"
      })
  void asTheClientReadsThem(String quantity) {
    assertThat(ByteCount.of(quantity).orElseThrow())
        .isEqualByComparingTo(Quantity.getAmountInBytes(new Quantity(quantity)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "large",
        "10 Gi",
        "-1Gi",
        "10gi",
        "10B",
        "1e",
        "0x10",
        "1e1000",
        "1e99999999999"
      })
  void whatIsNoAmountIsNone(String text) {
    assertThat(ByteCount.of(text)).isEmpty();
  }
}
