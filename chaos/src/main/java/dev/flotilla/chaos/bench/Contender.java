package dev.flotilla.chaos.bench;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.function.Function;

/// One way to get the pods of many databases written.
///
/// @param name short; namespaces are called after it
/// @param meaning what is written, and by whom
/// @param tenant the objects that the bench writes for a tenant of that name, in this order
record Contender(String name, String meaning, Function<String, List<HasMetadata>> tenant) {}
