package dev.flotilla.operator.kube.read;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `spec` or `status` of a custom resource, read on its own, so that one that makes no sense is a
/// value and not an exception.
///
/// Source:
/// [controller-runtime#1032](https://github.com/kubernetes-sigs/controller-runtime/issues/1032)
sealed interface Part<T> {

  /// It makes sense.
  record Sound<T>(T value) implements Part<T> {}

  /// It is not there.
  record Absent<T>() implements Part<T> {}

  /// A value in it is of another type than the field, or a word that the field does not know.
  ///
  /// @param place of the value, for example `spec.pools[0].roles[1]`
  record Senseless<T>(String place) implements Part<T> {}

  /// What a part says.
  ///
  /// @param name `spec` or `status`
  static <T> Part<T> read(String name, @Nullable Object raw, Class<T> type) {
    if (raw == null) {
      return new Absent<>();
    }
    try {
      return new Sound<>(Json.READER.convertValue(raw, type));
    } catch (IllegalArgumentException e) {
      return new Senseless<>(name + place(e));
    }
  }

  default Optional<T> sound() {
    return this instanceof Sound<T>(var value) ? Optional.of(value) : Optional.empty();
  }

  private static String place(IllegalArgumentException fault) {
    var place = new StringBuilder();
    if (fault.getCause() instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        place.append(
            step.getFieldName() == null
                ? "[%d]".formatted(step.getIndex())
                : "." + step.getFieldName());
      }
    }
    return place.toString();
  }

  /// Made once, because it takes a while.
  final class Json {
    private static final KubernetesSerialization READER = new KubernetesSerialization();

    private Json() {}
  }
}
