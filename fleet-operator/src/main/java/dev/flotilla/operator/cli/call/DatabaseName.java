package dev.flotilla.operator.cli.call;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A database as people type it: `NAMESPACE/NAME` or `NAME`.
public record DatabaseName(Optional<String> namespace, String name) {

  /// Reads one.
  public static final class Converter implements ITypeConverter<DatabaseName> {
    @Override
    public DatabaseName convert(String text) {
      var parts = List.of(text.split("/", -1));
      if (parts.size() > 2 || parts.stream().anyMatch(String::isEmpty)) {
        throw new TypeConversionException("'" + text + "' is neither NAME nor NAMESPACE/NAME");
      }
      return parts.size() == 2
          ? new DatabaseName(Optional.of(parts.getFirst()), parts.getLast())
          : new DatabaseName(Optional.empty(), text);
    }
  }

  @Override
  public String toString() {
    return namespace.map(space -> space + "/").orElse("") + name;
  }
}
