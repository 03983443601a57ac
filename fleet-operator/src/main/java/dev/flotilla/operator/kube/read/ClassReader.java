package dev.flotilla.operator.kube.read;

import dev.flotilla.operator.core.view.StorageClassView;
import dev.flotilla.topology.model.Zone;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Storage classes as [StorageClassView]s.
public final class ClassReader {

  private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

  private ClassReader() {}

  /// @param created when it was made, as the API server writes it
  public record ClassFacts(StorageClassView view, String created) {}

  public static ClassFacts read(StorageClass object) {
    var meta = object.getMetadata();
    var view =
        new StorageClassView(
            meta.getName(),
            Refs.annotation(meta, DEFAULT).filter("true"::equals).isPresent(),
            "WaitForFirstConsumer".equals(object.getVolumeBindingMode()),
            Boolean.TRUE.equals(object.getAllowVolumeExpansion()),
            zones(object));
    return new ClassFacts(view, Optional.ofNullable(meta.getCreationTimestamp()).orElse(""));
  }

  /// The classes by name, at most one of them the default: of several, Kubernetes takes the one
  /// that was made last.
  public static SortedMap<String, StorageClassView> byName(Collection<ClassFacts> classes) {
    var chosen =
        classes.stream()
            .filter(facts -> facts.view().isDefault())
            .max(
                Comparator.comparing(ClassFacts::created)
                    .thenComparing(facts -> facts.view().name(), Comparator.reverseOrder()))
            .map(facts -> facts.view().name());
    var byName = new TreeMap<String, StorageClassView>();
    for (ClassFacts facts : classes) {
      var view = facts.view();
      byName.put(
          view.name(),
          new StorageClassView(
              view.name(),
              chosen.equals(Optional.of(view.name())),
              view.bindsLate(),
              view.grows(),
              view.zones()));
    }
    return byName;
  }

  private static List<Zone> zones(StorageClass object) {
    return Refs.list(object.getAllowedTopologies()).stream()
        .map(term -> Refs.list(term.getMatchLabelExpressions()))
        .flatMap(List::stream)
        .filter(term -> isZone(term.getKey()))
        .map(term -> Refs.list(term.getValues()))
        .flatMap(List::stream)
        .flatMap(name -> Refs.legal(name, Zone::new).stream())
        .distinct()
        .toList();
  }

  private static boolean isZone(String key) {
    return key.endsWith("/zone");
  }
}
